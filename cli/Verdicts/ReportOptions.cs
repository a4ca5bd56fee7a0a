using System.CommandLine;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>Where a verdict is written beside the console: as a page, as pictures, as data. The same on every command that has a verdict.</summary>
internal sealed class ReportOptions
{
    private readonly Option<string?> _html = new("--html") { Description = "Writes the verdict as one HTML file, too." };
    private readonly Option<string?> _pictures = new("--pictures") { Description = "Folder for the report's pictures, as SVG and PNG files." };
    private readonly Option<string?> _csv = new("--csv") { Description = "Folder for the report's data as CSV: one row a measure; one row a prompt and measure." };
    private readonly Option<string?> _parquet = new("--parquet") { Description = "Folder for the same data as Parquet." };

    public IEnumerable<Option> All => [_html, _pictures, _csv, _parquet];

    public Command AddTo(Command command)
    {
        foreach (var option in All) command.Add(option);
        return command;
    }

    /// <summary>Finds out before the work begins whether everything asked for can be written.</summary>
    /// <exception cref="RailInputException">Something cannot.</exception>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetValue(_html) is { } file) Files.CheckWritable(file);
        foreach (var folder in (Option<string?>[])[_pictures, _csv, _parquet])
        {
            if (parsed.GetValue(folder) is not { } path) continue;
            if (File.Exists(path)) throw new RailInputException($"{folder.Name} {path}: is a file; name a folder");
            OutputPath.Check(Path.Combine(path, "file"));
        }
    }

    /// <summary>Writes a report of stored evaluations, with every prompt's scores.</summary>
    public Task WriteAsync(
        ParseResult parsed, VerdictReport report, StoredEvaluation baseline, StoredEvaluation checkpoint, StoredEvaluation? anchor, CancellationToken cancellationToken) =>
        WriteAsync(
            parsed,
            report with
            {
                Anchor = report.Anchor ?? anchor?.Manifest.Name,
                Suite = report.Suite ?? checkpoint.Suite.Header,
                Scores = parsed.GetValue(_csv) is null && parsed.GetValue(_parquet) is null ? [] : PromptScores.Of(checkpoint.Suite, baseline.Scores(), checkpoint.Scores()),
            },
            cancellationToken);

    /// <summary>Writes a report.</summary>
    public async Task WriteAsync(ParseResult parsed, VerdictReport report, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_html) is { } file) await Files.WriteAsync(file, writer => writer.WriteAsync(HtmlReport.Render(report)));
        if (parsed.GetValue(_pictures) is { } pictures) await PictureFiles.WriteAsync(report, pictures, cancellationToken);
        if (parsed.GetValue(_csv) is { } csv) await DataFiles.WriteCsvAsync(report, csv, cancellationToken);
        if (parsed.GetValue(_parquet) is { } parquet) await DataFiles.WriteParquetAsync(report, parquet, cancellationToken);
    }
}
