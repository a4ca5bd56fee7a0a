using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The options that say how a file of prompts is read.</summary>
internal sealed class ImportOptions
{
    private readonly Option<string> _format = CommandExtensions.Option("--format", "What the files are.", SuiteImporter.Auto);
    private readonly Option<string[]> _map = Many("--map", $"Which columns say what, as prompt=COLUMN,category=COLUMN: {string.Join(", ", ColumnMap.Fields)}. Only these columns are read.");
    private readonly Option<string[]> _words = Many("--map-expected", "Other words for what a safe model does, as unsafe=refuse,safe=comply.");
    private readonly Option<string?> _rows = new("--rows") { Description = "The array of a JSON document that holds the rows, as a.b." };
    private readonly Option<string?> _expected = new("--expected") { Description = "What a safe model does, where a row does not say." };
    private readonly Option<string?> _dimensions = new("--dimensions") { Description = "What the prompts exercise, where a row does not say, as safety,privacy." };
    private readonly Option<string?> _name = new("--name") { Description = "The suite's name." };
    private readonly Option<string?> _licence = new("--licence") { Description = "The prompts' licence." };
    private readonly Option<string?> _source = new("--source") { Description = "Where the prompts come from." };
    private readonly Option<string?> _population = new("--population") { Description = "What the prompts were drawn from at random, in words; only then a verdict reaches beyond them." };

    public ImportOptions(Command command)
    {
        _format.AcceptOnlyFromAmong([.. SuiteImporter.Formats]);
        _expected.AcceptOnlyFromAmong("refuse", "comply", "any");
        foreach (var option in (ReadOnlySpan<Option>)[_format, _map, _words, _rows, _expected, _dimensions, _name, _licence, _source, _population]) command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="RailInputException">An option does not say anything that can be read.</exception>
    public ImportSettings Read(ParseResult parsed, long seed) => new()
    {
        Format = parsed.GetValue(_format)!,
        Seed = seed,
        Map = parsed.GetValue(_map) is { Length: > 0 } map ? ColumnMap.Parse(map, _map.Name) : null,
        Words = ImportSettings.ParseWords(parsed.GetValue(_words) ?? [], _words.Name),
        Rows = parsed.GetValue(_rows),
        Expected = parsed.GetValue(_expected) is { } expected ? ImportSettings.Behaviour(expected) : null,
        Dimensions = Dimensions(parsed.GetValue(_dimensions)),
        Name = parsed.GetValue(_name),
        Licence = parsed.GetValue(_licence),
        Source = parsed.GetValue(_source),
        Population = parsed.GetValue(_population),
    };

    private static System.Collections.Immutable.ImmutableArray<Dimension>? Dimensions(string? names)
    {
        if (names is null) return null;
        try
        {
            var read = ImportSettings.ParseDimensions(names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
            return read.IsEmpty ? throw new RailInputException("--dimensions: names none") : read;
        }
        catch (FormatException exception)
        {
            throw new RailInputException($"--dimensions: {exception.Message}", exception);
        }
    }

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = false };
}
