using CsvHelper;

namespace RailCluster.Evaluation;

/// <summary>Reads CSV as published files have it: quoted line breaks, doubled quotes, line ends of any kind, stray quotes inside a field.</summary>
internal static class CsvRows
{
    public static List<SourceRow> Read(string text, string source, InputErrors errors)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            OnMalformedRecord = record => Malformed(record, source, errors),
        });
        var columns = reader.Headers.ToArray().Select(column => column.Trim()).ToList();
        var rows = new List<SourceRow>();
        while (reader.Read())
        {
            var place = $"{source}:{reader.LineNumber}";
            var fields = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
            if (fields.Count == columns.Count) rows.Add(SourceRow.Of(place, rows.Count + 1, columns.Zip(fields)));
            else errors.Add($"{place}: the row has {fields.Count} fields and the first line names {columns.Count}");
        }

        return rows;
    }

    private static void Malformed(CsvMalformedRecord record, string source, InputErrors errors)
    {
        var place = $"{source}:{record.LineNumber}";
        if (record.Reason == CsvMalformedReason.UnterminatedQuote) errors.Add($"{place}: a quote that is opened in this row is not closed; is the file whole?");
        else if (record.Reason == CsvMalformedReason.TextAfterClosingQuote)
            errors.Add($"{place}: text follows a closing quote; write \"\" for a quote inside a field");
    }
}
