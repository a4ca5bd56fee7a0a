using System.Collections.Immutable;
using CsvHelper;

namespace RailCluster.Reports;

/// <summary>Writes rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe before it.</summary>
internal static class CsvTable
{
    // Spreadsheets of some languages run these as well; the library knows the ASCII ones.
    private const string WideFormulas = "＝＋－＠";

    private static readonly CsvWriterOptions Options = new() { NewLine = "\n", Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

    public static async Task WriteAsync<T>(Stream stream, ImmutableArray<Column<T>> columns, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        await using var writer = CsvWriter.Create(stream, Options, leaveOpen: true);
        await writer.WriteRecordAsync([.. columns.Select(column => column.Name)], cancellationToken);
        foreach (var row in rows)
        {
            foreach (var column in columns) Write(writer, column, row);
            await writer.EndRecordAsync(cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }

    private static void Write<T>(CsvWriter writer, Column<T> column, T row)
    {
        switch (column)
        {
            case Column<T>.Text text: writer.WriteField(Harmless(text.Read(row))); break;
            case Column<T>.Number number: writer.WriteField(number.Read(row), "R"); break;
            case Column<T>.Count count: writer.WriteField(count.Read(row), ""); break;
            case Column<T>.Flag flag: writer.WriteField(flag.Read(row)); break;
        }
    }

    private static string? Harmless(string? text) => text is { Length: > 0 } && WideFormulas.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
