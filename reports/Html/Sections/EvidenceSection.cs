using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>What a statistician asks next: standard errors, effect sizes, evidence.</summary>
internal static class EvidenceSection
{
    private const double LargestPower = 1e6;

    public static Markup Render(VerdictReport report)
    {
        var measures = report.Comparison.Measures.Where(measure => measure.Drop is not null).ToList();
        if (measures.Count == 0) return Markup.Empty;
        var evidence = report.Comparison.Sequential?.Measures.ToDictionary(one => one.Measure) ?? [];
        var table = new HtmlTable(
            "evidence-table",
            "Standard error of the drop by pairs, and with categories as clusters; effect: the drop in standard deviations of the differences; the largest evidence to block and to pass, as factors; the prompts after which it was enough.",
            ["measure", "pairs", "drop", "error", "clustered", "effect", "to block", "to pass", "sure after"],
            measures.Select(measure => Row(measure, evidence.GetValueOrDefault(measure.Measure))));
        return Markup.Of($"{Lead(report.Comparison)}{table.Render()}");
    }

    // With an anchor, two comparisons share the error rate of a Block.
    private static Markup Lead(Comparison comparison) => comparison.Sequential is not { } reading ? Markup.Empty : Markup.Of(
        $"""
        <p>Evidence is a bet against the claim that is to be refuted, and may be looked at after every prompt. A Pass needs a factor of {Factor(Math.Log(1 / reading.Alpha))} on every gated measure; a Block needs up to {Factor(Math.Log(Math.Max(reading.Measures.Length, 1) * (comparison.Anchor is null ? 1 : 2) / reading.Alpha))} on one, less the more of them agree.</p>

        """);

    private static Markup[] Row(MeasureComparison measure, MeasureEvidence? evidence) =>
    [
        HtmlTable.Cell(measure.Measure.Label()),
        Markup.Of($"{measure.Paired}"),
        HtmlTable.Cell(measure.Measure.Drop(measure.Drop)),
        HtmlTable.Cell(measure.Measure.Value(measure.StandardError)),
        HtmlTable.Cell(measure.Measure.Value(measure.ClusteredError)),
        HtmlTable.Cell(measure.EffectSize is { } size ? MeasureText.Points(size).Replace('-', '−') : "–"),
        HtmlTable.Cell(evidence is null ? "–" : Factor(evidence.BlockLog)),
        HtmlTable.Cell(evidence is null ? "–" : Factor(evidence.PassLog)),
        HtmlTable.Cell(evidence switch
        {
            { BlockedAt: { } block } => $"{block} (block)",
            { PassedAt: { } pass } => $"{pass} (pass)",
            _ => "–",
        }),
    ];

    // Beyond a million only the power of ten says anything.
    private static string Factor(double log) => double.IsPositiveInfinity(log) ? "certain"
        : log > Math.Log(LargestPower) ? $"10^{(log / Math.Log(10)).ToString("0", CultureInfo.InvariantCulture)}"
        : Math.Exp(log).ToString(log < Math.Log(100) ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
