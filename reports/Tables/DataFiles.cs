using System.Collections.Immutable;

namespace RailCluster.Reports;

/// <summary>
/// A report's data as files: <c>measures</c>, one row a measure; <c>prompts</c>, one row a prompt and measure, where the scores are at hand; <c>trend</c>, one
/// row a checkpoint and figure, in reports of a run.
/// </summary>
public static class DataFiles
{
    private delegate Task Writing(Stream stream, CancellationToken cancellationToken);

    /// <summary>Writes CSV files; earlier ones are replaced, each whole or not at all.</summary>
    /// <param name="report">What is written.</param>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files.</returns>
    /// <exception cref="Evaluation.RailInputException">The folder cannot be written.</exception>
    public static Task<ImmutableArray<string>> WriteCsvAsync(VerdictReport report, string folder, CancellationToken cancellationToken = default) =>
        WriteAsync(report, folder, "csv", Csv(MeasureColumns.All, MeasureRow.Of(report)), Csv(PromptColumns.All, report.Scores), Csv(TrendColumns.All, TrendRow.Of(report.Trend)), cancellationToken);

    /// <summary>Writes Parquet files with the same columns; earlier ones are replaced, each whole or not at all.</summary>
    /// <param name="report">What is written.</param>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The files.</returns>
    /// <exception cref="Evaluation.RailInputException">The folder cannot be written.</exception>
    public static Task<ImmutableArray<string>> WriteParquetAsync(VerdictReport report, string folder, CancellationToken cancellationToken = default) =>
        WriteAsync(report, folder, "parquet", Parquet(MeasureColumns.All, MeasureRow.Of(report)), Parquet(PromptColumns.All, report.Scores), Parquet(TrendColumns.All, TrendRow.Of(report.Trend)), cancellationToken);

    private static async Task<ImmutableArray<string>> WriteAsync(
        VerdictReport report, string folder, string extension, Writing measures, Writing prompts, Writing trend, CancellationToken cancellationToken)
    {
        var files = new List<(string Name, Writing Write)> { ("measures", measures) };
        if (report.Scores.Any()) files.Add(("prompts", prompts));
        if (report.Trend is not null) files.Add(("trend", trend));
        foreach (var (name, write) in files)
            await WholeFile.WriteAsync(Path.Combine(folder, $"{name}.{extension}"), stream => write(stream, cancellationToken));
        return [.. files.Select(file => Path.Combine(folder, $"{file.Name}.{extension}"))];
    }

    private static Writing Csv<T>(ImmutableArray<Column<T>> columns, IEnumerable<T> rows) =>
        (stream, cancellationToken) => CsvTable.WriteAsync(stream, columns, rows, cancellationToken);

    private static Writing Parquet<T>(ImmutableArray<Column<T>> columns, IEnumerable<T> rows) =>
        (stream, cancellationToken) => ParquetTable.WriteAsync(stream, columns, rows, cancellationToken);
}
