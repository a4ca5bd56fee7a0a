namespace RailCluster.Reports;

/// <summary>The checkpoint against the root aligned model.</summary>
internal static class AnchorSection
{
    public static Markup Render(VerdictReport report) => report.AnchorTable is not { } table ? Markup.Empty : Markup.Of(
        $"""
        <p>The anchor is the root aligned model{Named(report.Anchor)}: compared beside the baseline, so that small losses cannot add up from release to release. The drop is from the anchor to the checkpoint.</p>
        {Figure.Render(DropDrawing.FromAnchor(table), $"Drop from the anchor against tolerance, in the same form as above. {IntervalText.Sentence(table, report.Verdict.Stopped is not null)}")}{DropSection.Table(table, "anchor-measures", "Drop of every measure from the anchor.", "anchor")}
        """);

    private static Markup Named(string? name) => name is null ? Markup.Empty : Markup.Of($" ({HtmlText.Name(name)})");
}
