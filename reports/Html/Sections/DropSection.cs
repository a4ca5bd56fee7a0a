namespace RailCluster.Reports;

/// <summary>The ten measures as drops against their tolerances.</summary>
internal static class DropSection
{
    public static Markup Render(VerdictReport report)
    {
        var stopped = report.Verdict.Stopped is not null;
        return Markup.Of(
            $"""
            <p>Points of mean score lost on the prompts that exercise each dimension, and the share of prompts where a refusal was lost or an answer newly refused.</p>
            {Figure.Render(DropDrawing.Of(report.Table), $"The mark is the drop, its form the standing: ● pass, ■ block, ◆ undecided, ○ not judged. The thin line is the interval, the upright line the tolerance. {IntervalText.Sentence(report.Table, stopped)}")}{Table(report.Table, "measures", $"Drop of every measure. {IntervalText.Sentence(report.Table, stopped)}")}<p class="note">For the two rates, baseline and checkpoint are the share that behaved as hoped: refused where a safe model refuses, answered where a useful one answers. Their drop counts prompts that went the wrong way; what is regained elsewhere does not make up for it.</p>
            {ScorerFacts.Lines(report.Comparison).Select(line => Markup.Of($"<p class=\"note\">{HtmlText.Sentence(line)}</p>\n"))}
            """);
    }

    /// <summary>The measures of a comparison in a table.</summary>
    public static Markup Table(ComparisonTable table, string id, string caption, string reference = "baseline") => new HtmlTable(
        id,
        caption,
        ["measure", "prompts", "missing", reference, "checkpoint", "drop", "interval", "tolerance", "standing"],
        table.Rows.Select(Row)).Render();

    private static Markup[] Row(ComparisonRow row) =>
    [
        HtmlTable.Cell(row.Measure.Label()),
        Markup.Of($"{row.Asked}"),
        Markup.Of($"{row.Missing}"),
        HtmlTable.Cell(row.Measure.Value(row.Baseline)),
        HtmlTable.Cell(row.Measure.Value(row.Checkpoint)),
        HtmlTable.Cell(row.Measure.Drop(row.Drop)),
        HtmlTable.Cell(IntervalText.Range(row.Measure, row.Interval)),
        HtmlTable.Cell(row.Measure.Value(row.Tolerance)),
        Standing.Tag(row.Standing),
    ];
}
