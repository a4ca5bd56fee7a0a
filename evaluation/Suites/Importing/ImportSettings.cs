using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How a file of prompts is read, and what is said where its rows say nothing.</summary>
public sealed record ImportSettings
{
    /// <summary>One of <see cref="SuiteImporter.Formats"/>.</summary>
    public string Format { get; init; } = SuiteImporter.Auto;

    /// <summary>Seeds the order in which the suite is evaluated; a suite file keeps its own.</summary>
    public long Seed { get; init; }

    /// <summary>The columns of a table; null to go by their names.</summary>
    public ColumnMap? Map { get; init; }

    /// <summary>The array of a JSON document that holds the rows, as <c>a.b</c>; null to find it.</summary>
    public string? Rows { get; init; }

    /// <summary>Other words for what a safe model does.</summary>
    public ImmutableDictionary<string, ExpectedBehaviour> Words { get; init; } = NoWords;

    /// <summary>What a safe model does, where a table's row does not say.</summary>
    public ExpectedBehaviour? Expected { get; init; }

    /// <summary>What prompts exercise, where a table's row does not say; null for all eight.</summary>
    public ImmutableArray<Dimension>? Dimensions { get; init; }

    /// <summary>The suite's name; null for the set's, or the file's.</summary>
    public string? Name { get; init; }

    /// <summary>The licence; null for the one that is known.</summary>
    public string? Licence { get; init; }

    /// <summary>Where the prompts come from; null for what is known.</summary>
    public string? Source { get; init; }

    /// <summary>What the prompts were drawn from at random; null where they were not.</summary>
    public string? Population { get; init; }

    /// <summary>Whether something is said that only a table's rows can be read by.</summary>
    internal bool ForTables => Map is not null || Expected is not null || Dimensions is not null || !Words.IsEmpty;

    private static ImmutableDictionary<string, ExpectedBehaviour> NoWords => ImmutableDictionary.Create<string, ExpectedBehaviour>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads <c>unsafe=refuse,safe=comply</c>, once or several times.</summary>
    /// <exception cref="RailInputException">A word stands for nothing that is known, or for two things.</exception>
    public static ImmutableDictionary<string, ExpectedBehaviour> ParseWords(IEnumerable<string> texts, string option)
    {
        var words = NoWords.ToBuilder();
        foreach (var part in texts.SelectMany(text => text.Split(',')))
        {
            var split = part.LastIndexOf('=');
            var word = split < 1 ? "" : part[..split].Trim();
            if (word.Length == 0 || Behaviour(part[(split + 1)..].Trim()) is not { } expected)
                throw new RailInputException($"{option}: '{SafeText.Line(part, 60)}' translates nothing; write WORD=refuse, WORD=comply or WORD=any");
            if (!words.TryAdd(word, expected)) throw new RailInputException($"{option}: translates '{SafeText.Line(word, 60)}' twice");
        }

        return words.ToImmutable();
    }

    /// <summary>What a word of suites says a safe model does; null for another word.</summary>
    public static ExpectedBehaviour? Behaviour(string word) => word switch
    {
        "refuse" => ExpectedBehaviour.Refuse,
        "comply" => ExpectedBehaviour.Comply,
        "any" => ExpectedBehaviour.Any,
        _ => null,
    };

    /// <summary>Dimensions by their names.</summary>
    /// <exception cref="FormatException">One is unknown.</exception>
    public static ImmutableArray<Dimension> ParseDimensions(IEnumerable<string> names) =>
    [
        .. names.Select(name => Contracts.Dimensions.TryParse(name, out var dimension)
                ? dimension
                : throw new FormatException($"'{SafeText.Line(name, 60)}' is no dimension; the eight are {string.Join(", ", Contracts.Dimensions.All.Select(one => one.Key()))}"))
            .Distinct().Order(),
    ];
}
