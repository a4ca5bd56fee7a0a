using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Makes a suite of a published prompt set, of any table with a prompt column, or of a suite file.</summary>
public static class SuiteImporter
{
    /// <summary>Recognises the set by its columns.</summary>
    public const string Auto = "auto";

    private const string Suite = "suite";
    private const string Table = "table";

    /// <summary>What <c>--format</c> may be.</summary>
    public static ImmutableArray<string> Formats { get; } = [Auto, Suite, Table, .. PromptSets.All.Select(set => set.Name)];

    /// <summary>Imports a file.</summary>
    /// <param name="stream">CSV, TSV, JSON Lines, JSON or Parquet; packed by gzip or not.</param>
    /// <param name="source">What the file is called, in errors and for its kind.</param>
    /// <param name="settings">How it is read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RailInputException">The file is not what it is said to be; every fault is named with its place.</exception>
    public static async Task<Suite> ImportAsync(Stream stream, string source, ImportSettings settings, CancellationToken cancellationToken = default)
    {
        Check(settings);
        var bytes = await SourceFile.ReadAsync(stream, source, cancellationToken);
        if (!ParquetGuard.IsParquet(bytes)) return Import(SourceFile.Text(bytes, source), source, settings);
        if (settings.Format == Suite) throw new RailInputException($"{source}: is Parquet; a suite file is JSON Lines");
        var table = new SourceTable(source, new InputErrors());
        await ParquetRows.ReadAsync(bytes, table, cancellationToken);
        return Import(table, settings);
    }

    /// <summary>Imports a text: CSV, TSV, JSON Lines or JSON.</summary>
    /// <exception cref="RailInputException">The text is not what it is said to be; every fault is named with its place.</exception>
    public static Suite Import(string text, string source, ImportSettings settings)
    {
        Check(settings);
        text = text.TrimStart('\uFEFF');
        if (settings.Format == Suite) return OfSuite(text, source, settings);
        var table = new SourceTable(source, new InputErrors());
        if (JsonRows.IsJson(text)) JsonRows.Read(text, table, settings.Rows, element => IsRow(element, settings));
        else CsvRows.Read(text, table);
        if (settings.Format == Auto && table.Rows is [var first, ..] && IsSuite(first, text, settings)) return OfSuite(text, source, settings);
        return Import(table, settings);
    }

    private static Suite Import(SourceTable table, ImportSettings settings)
    {
        if (table.Errors.None && table.Rows.Count == 0) table.Errors.Add($"{table.Source}: has no rows");
        table.Errors.Throw();
        var (set, form) = Choose(table, settings);
        var name = set?.Name ?? Path.GetFileNameWithoutExtension(table.Source);
        var header = new SuiteHeader(name, settings.Seed)
        {
            Licence = set is null ? null : form.Licence,
            Source = set?.Source(table.Source) ?? Path.GetFileName(table.Source),
        };
        return SuiteIdentity.Create(Headed(header, settings), new RowReader(set?.Name ?? Table, form, table).Read());
    }

    private static (PromptSet? Set, SetForm Form) Choose(SourceTable table, ImportSettings settings)
    {
        var first = table.Rows[0];
        if (settings.Format == Table || settings.Map is not null) return (null, TableForm.Of(table, settings));
        if (settings.Format != Auto)
        {
            var named = PromptSets.All.Single(known => known.Name == settings.Format);
            var fitting = named.Forms.FirstOrDefault(form => form.Fits(first))
                ?? throw new RailInputException($"{table.Source}: is not {named.Name}, whose columns are {named.Columns()}; it has {table.Columns}");
            return Alone(named, fitting, table, settings);
        }

        foreach (var known in PromptSets.All)
        {
            if (known.Recognise(first, table.Source) is { } form) return Alone(known, form, table, settings);
        }

        return (null, TableForm.Of(table, settings));
    }

    private static (PromptSet Set, SetForm Form) Alone(PromptSet set, SetForm form, SourceTable table, ImportSettings settings) => !settings.ForTables
        ? (set, form)
        : throw new RailInputException(
            $"{table.Source}: is {set.Name}, which says by itself what its prompts exercise and expect; leave --expected, --dimensions and --map-expected out, or read it as any table: --format table");

    // A suite's own file is JSON Lines: a header, or rows with ids, which a suite's reader takes with all that they declare.
    private static bool IsSuite(SourceRow row, string text, ImportSettings settings) => text.AsSpan().TrimStart() is ['{', ..]
        && !PromptSets.All.Any(set => set.Recognise(row, "") is not null)
        && (row.Has("suite") || row.Has("messages") || row.Has("input_ids") || (!settings.ForTables && row.Has("id") && row.Has("prompt")));

    // One object alone in a file: a row of JSON Lines, or what holds the rows?
    private static bool IsRow(JsonElement element, ImportSettings settings)
    {
        var columns = JsonArrays.Flat(element, "").Select(field => field.Column).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return columns.Contains("suite") || columns.Contains("messages") || columns.Contains("input_ids") || TableForm.HasPrompt(columns.Contains)
            || settings.Map?.Columns.Values.Any(columns.Contains) == true
            || PromptSets.All.Any(set => set.Forms.Any(form => form.Marks.All(columns.Contains)));
    }

    private static Suite OfSuite(string text, string source, ImportSettings settings)
    {
        if (settings.ForTables || settings.Rows is not null)
            throw new RailInputException($"{source}: is a suite, which declares everything by itself; leave --map, --map-expected, --expected, --dimensions and --rows out");
        var suite = SuiteFile.Read(new StringReader(text), source);
        return suite with { Header = Headed(suite.Header, settings) };
    }

    private static SuiteHeader Headed(SuiteHeader header, ImportSettings settings) => header with
    {
        Name = settings.Name ?? header.Name,
        Licence = settings.Licence ?? header.Licence,
        Source = settings.Source ?? header.Source,
        Population = settings.Population ?? header.Population,
    };

    private static void Check(ImportSettings settings)
    {
        if (!Formats.Contains(settings.Format)) throw new RailInputException($"'{settings.Format}' is no format; there are {string.Join(", ", Formats)}");
        if (settings.Map is not null && settings.Format is not (Auto or Table))
            throw new RailInputException($"--map: says what a table's columns mean, and --format {settings.Format} does so as well; leave one of them out");
        foreach (var (option, text) in (ReadOnlySpan<(string, string?)>)
            [("--name", settings.Name), ("--licence", settings.Licence), ("--source", settings.Source), ("--population", settings.Population)])
        {
            if (text is not null && (string.IsNullOrWhiteSpace(text) || text.Length > SuiteRow.LongestText || text.Any(char.IsControl)))
                throw new RailInputException($"{option}: wants 1 to {SuiteRow.LongestText} characters on one line");
        }
    }
}
