using CsvHelper;

namespace RailCluster.Evaluation;

/// <summary>Reads CSV and TSV as published files have it: quoted line breaks, doubled quotes, line ends of any kind, stray quotes inside a field.</summary>
internal static class CsvRows
{
    private static readonly char[] Separators = [',', '\t', ';'];

    public static void Read(string text, SourceTable table)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = Separator(text, table.Source),
            TrackLineNumbers = true,
            OnMalformedRecord = record => Malformed(record, table),
        });
        var columns = reader.Headers.ToArray().Select(column => column.Trim()).ToArray();
        Name(columns, table);
        while (reader.Read())
        {
            var place = $"{table.Source}:{reader.LineNumber}";
            if (reader.FieldCount == columns.Length) table.Add(place, Fields(reader, columns));
            else table.Errors.Add($"{place}: the row has {reader.FieldCount} fields and the first line names {columns.Length}");
        }
    }

    // An index that a data frame wrote has no name.
    private static IEnumerable<(string Column, object? Value)> Fields(CsvReader reader, string[] columns) =>
        columns.Select((column, index) => (column, (object?)reader.GetString(index))).Where(field => field.column.Length > 0);

    private static void Name(string[] columns, SourceTable table)
    {
        foreach (var column in columns.Where(column => column.Length > 0))
        {
            if (table.Columns.Find(column) is not null)
                table.Errors.Add($"{table.Source}:1: the column '{SourceColumns.Name(column)}' stands twice, perhaps in another case; rename one");
            table.Columns.Add(column);
        }

        table.Errors.Throw();
    }

    // By the file's name, or by what separates most in the first line.
    private static char Separator(string text, string source)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var header = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        if (IsTabbed(source) && header.Contains('\t')) return '\t';
        var best = Separators[0];
        foreach (var separator in Separators)
        {
            if (header.Count(separator) > header.Count(best)) best = separator;
        }

        return best;
    }

    private static bool IsTabbed(string source)
    {
        var name = source.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? source[..^3] : source;
        return name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tab", StringComparison.OrdinalIgnoreCase);
    }

    private static void Malformed(CsvMalformedRecord record, SourceTable table)
    {
        var place = $"{table.Source}:{record.LineNumber}";
        if (record.Reason == CsvMalformedReason.UnterminatedQuote)
            table.Errors.Add($"{place}: a quote that is opened in this row is not closed; is the file whole?");
        else if (record.Reason == CsvMalformedReason.TextAfterClosingQuote)
            table.Errors.Add($"{place}: text follows a closing quote; write \"\" for a quote inside a field");
    }
}
