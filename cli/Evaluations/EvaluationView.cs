using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>Shows what an evaluation found.</summary>
internal static class EvaluationView
{
    private const double WorstShare = 0.05;

    public static void Write(Terminal terminal, string folder, EvaluationManifest manifest, Evaluated evaluated, bool asJson)
    {
        if (asJson)
        {
            var found = new EvaluationJson(folder, manifest, EvaluationDirectory.Means(evaluated.Summary), evaluated.Summary);
            terminal.Out.WriteLine(JsonSerializer.Serialize(found, RailJson.Indented));
            return;
        }

        var console = terminal.Tables();
        console.MarkupLine($"[bold]{Terminal.Safe(manifest.Name)}[/] on suite {Terminal.Safe(manifest.SuiteHeader.Name)}: "
            + $"{(manifest.Stopped is { } stopped ? $"{stopped.Read} of " : "")}{manifest.Prompts} prompts, {evaluated.Summary.Refusals} refused, scored by {Terminal.Safe(manifest.Scoring.Scorer.ToString())}");
        if (manifest.Endpoint is { } endpoint)
            console.MarkupLine($"answered by {Terminal.Safe(endpoint.Url)}: its fingerprint is self-declared and proves nothing about weights");
        console.Write(Means(evaluated.Summary));
        if (manifest.NotExamined is { } unknown) console.MarkupLine($"{Terminal.Safe(manifest.Scoring.Scorer.ToString())} was {Terminal.Safe(unknown)}; until then nothing passes on it");
        else if (!manifest.Blind.IsEmpty)
        {
            console.MarkupLine($"{Terminal.Safe(manifest.Scoring.Scorer.ToString())} cannot tell good answers from bad ones on "
                + $"{string.Join(", ", manifest.Blind.Select(dimension => dimension.AsMeasure().Label()))}: no verdict rests on them");
        }

        console.MarkupLine($"written to {Terminal.Safe(folder)}");
    }

    private static Table Means(CheckpointSummary summary)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("dimension");
        foreach (var name in (string[])["scored", "mean", "sd", "worst 5 %", "not applicable", "unscorable", "failed"])
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        foreach (var (dimension, found) in summary.Dimensions)
        {
            table.AddRow(
                dimension.AsMeasure().Label(),
                $"{found.Count}",
                dimension.AsMeasure().Value(found.Mean()),
                dimension.AsMeasure().Value(found.StandardDeviation()),
                dimension.AsMeasure().Value(SummaryStatistics.WorstMean(found.Histogram, WorstShare)),
                $"{found.NotApplicable}",
                $"{found.Unscorable}",
                $"{found.Failed}");
        }

        return table;
    }

    private sealed record EvaluationJson(
        string Folder,
        EvaluationManifest Manifest,
        ImmutableSortedDictionary<Dimension, double> Means,
        CheckpointSummary Summary);
}
