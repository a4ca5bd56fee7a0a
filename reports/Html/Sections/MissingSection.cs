namespace RailCluster.Reports;

/// <summary>What has no score: on which side, and why.</summary>
internal static class MissingSection
{
    public static Markup Render(VerdictReport report)
    {
        var rows = report.Comparison.Measures.Where(measure => measure.Missing.Any > 0 || measure.Read < measure.Declared).ToList();
        if (rows.Count == 0) return Markup.Constant("<p>Every prompt has its scores on both sides.</p>\n");
        var table = new HtmlTable(
            "missing-table",
            "Declared prompts without a score, by side; of these, where a scorer or generator failed and where each side had another scorer. Not read: left out by an early stop.",
            ["measure", "prompts", "no baseline score", "no checkpoint score", "neither", "failed", "other scorer", "not read", "first prompts"],
            rows.Select(measure => new[]
            {
                HtmlTable.Cell(measure.Measure.Label()),
                Markup.Of($"{measure.Declared}"),
                Markup.Of($"{measure.Missing.Baseline}"),
                Markup.Of($"{measure.Missing.Checkpoint}"),
                Markup.Of($"{measure.Missing.Both}"),
                Markup.Of($"{measure.Missing.Failed}"),
                Markup.Of($"{measure.Missing.OtherScorer}"),
                Markup.Of($"{Math.Max(measure.Declared - measure.Read, 0)}"),
                HtmlText.Name(string.Join(", ", measure.Unpaired)),
            }));
        return Markup.Of(
            $"""
            <p>A missing score is never a number. Against a pass it counts as the worst that the known side allows, against a block as the best. What did not fail was unscorable, or the scorer found that the dimension does not apply.</p>
            {table.Render()}
            """);
    }
}
