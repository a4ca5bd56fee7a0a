using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Makes a suite of a published prompt set, of any table with a prompt column, or of a suite file.</summary>
public static class SuiteImporter
{
    /// <summary>Recognises the set by its columns.</summary>
    public const string Auto = "auto";

    private const string Suite = "suite";
    private const string Table = "table";

    private static readonly ImmutableArray<string> PromptColumns = ["prompt", "question", "text", "instruction", "input"];

    /// <summary>What <c>--format</c> may be.</summary>
    public static ImmutableArray<string> Formats { get; } = [Auto, Suite, Table, .. PromptSets.All.Select(set => set.Name)];

    /// <summary>Imports.</summary>
    /// <param name="text">The file's text: CSV, JSON Lines or a JSON array.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="seed">Seeds the order in which the suite is evaluated; a suite file keeps its own.</param>
    /// <exception cref="RailInputException">The file is not of that format; every fault is named with its line.</exception>
    public static Suite Import(string text, string source, string format, long seed)
    {
        if (!Formats.Contains(format)) throw new RailInputException($"'{format}' is no format; there are {string.Join(", ", Formats)}");
        if (format == Suite) return SuiteFile.Read(new StringReader(text), source);
        text = text.TrimStart('\uFEFF');
        var errors = new InputErrors();
        var rows = SourceRows.Read(text, source, errors);
        if (errors.None && rows.Count == 0) errors.Add($"{source}: has no rows");
        errors.Throw();
        var set = format switch
        {
            Auto => PromptSets.All.FirstOrDefault(known => Fits(known, rows[0])) ?? (IsSuite(rows[0], text) ? null : TableSet(rows[0], source)),
            Table => TableSet(rows[0], source),
            _ => PromptSets.All.Single(known => known.Name == format),
        };
        if (set is null) return SuiteFile.Read(new StringReader(text), source);
        if (!Fits(set, rows[0])) throw new RailInputException($"{source}: is not {set.Name}, whose columns are {string.Join(", ", set.Marks)}");
        return Import(rows, set, source, seed);
    }

    private static bool Fits(PromptSet set, SourceRow row) => set.Marks.All(row.Fields.ContainsKey);

    // A suite's own file is JSON Lines: a header, or rows with ids, which a suite's reader takes with all that they declare.
    private static bool IsSuite(SourceRow row, string text) => text.AsSpan().TrimStart() is ['{', ..]
        && (row.Fields.ContainsKey("suite") || row.Fields.ContainsKey("messages") || row.Fields.ContainsKey("input_ids")
            || (row.Fields.ContainsKey("id") && row.Fields.ContainsKey("prompt")));

    private static Suite Import(List<SourceRow> rows, PromptSet set, string source, long seed)
    {
        var errors = new InputErrors();
        var prompts = ImmutableArray.CreateBuilder<SuitePrompt>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var id = Id(set, row, rows.Count);
            if (set.Prompt(row) is not { } asked) errors.Add($"{row.Place}: the row asks nothing");
            else if (SuiteRow.IdFault(id) is { } fault) errors.Add($"{row.Place}: {fault}");
            else if (!places.TryAdd(id, row.Place)) errors.Add($"{row.Place}: the id '{id}' stands at {places[id]} already; ids are unique");
            else if (Read(set, row, errors) is { } read)
                prompts.Add(new SuitePrompt(id, new PromptInput.Text(asked), set.Category(row) ?? SuiteRow.DefaultCategory, read.Expected, read.Dimensions));
        }

        errors.Throw();
        var name = set.Name == Table ? Path.GetFileNameWithoutExtension(source) : set.Name;
        return SuiteIdentity.Create(new SuiteHeader(name, seed) { Licence = set.Licence, Source = Path.GetFileName(source) }, prompts.ToImmutable());
    }

    private static (ExpectedBehaviour Expected, ImmutableArray<Dimension> Dimensions)? Read(PromptSet set, SourceRow row, InputErrors errors)
    {
        try
        {
            return (set.Expected(row), set.Dimensions(row));
        }
        catch (FormatException exception)
        {
            errors.Add($"{row.Place}: {exception.Message}");
            return null;
        }
    }

    // A bare number says nothing once suites are put together.
    private static string Id(PromptSet set, SourceRow row, int count)
    {
        var id = set.Id(row);
        if (id is not null && !id.All(char.IsAsciiDigit)) return id;
        var digits = count.ToString(CultureInfo.InvariantCulture).Length;
        return $"{set.Name}-{(id ?? row.Number.ToString(CultureInfo.InvariantCulture)).PadLeft(digits, '0')}";
    }

    private static PromptSet TableSet(SourceRow row, string source)
    {
        var column = PromptColumns.FirstOrDefault(row.Fields.ContainsKey)
            ?? throw new RailInputException(
                $"{source}: the columns {string.Join(", ", row.Columns)} are those of no known set ({string.Join(", ", PromptSets.All.Select(set => set.Name))}), "
                + $"and none is named {string.Join(", ", PromptColumns)}; name the one that holds the prompts 'prompt'");
        return new PromptSet(Table, [column], one => one[column]) { Expected = TableExpected, Dimensions = TableDimensions };
    }

    private static ExpectedBehaviour TableExpected(SourceRow row) => row["expected"] switch
    {
        null or "any" => ExpectedBehaviour.Any,
        "refuse" => ExpectedBehaviour.Refuse,
        "comply" => ExpectedBehaviour.Comply,
        var other => throw new FormatException($"\"expected\" is '{other}'; write refuse, comply or any"),
    };

    private static ImmutableArray<Dimension> TableDimensions(SourceRow row) => row["dimensions"] is not { } list ? Dimensions.All :
    [
        .. list.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(key => Dimensions.TryParse(key, out var dimension)
                ? dimension
                : throw new FormatException($"'{key}' is no dimension; the eight are {string.Join(", ", Dimensions.All.Select(one => one.Key()))}"))
            .Distinct().Order(),
    ];
}
