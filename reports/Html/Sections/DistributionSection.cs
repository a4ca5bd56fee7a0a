using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>How the scores of both sides are spread.</summary>
internal static class DistributionSection
{
    public static Markup Render(VerdictReport report)
    {
        if (DistributionDrawing.Of(report.Comparison) is not { } drawing) return Markup.Empty;
        var shown = DistributionDrawing.Shown(report.Comparison).ToList();
        var table = new HtmlTable(
            "distances",
            "Distances between the two distributions, over the prompts scored on both sides, with how often swapping alone gives as much (p).",
            ["measure", "prompts", "W1", "p of W1", "energy", "p of energy", "KS", "p of KS"],
            report.Comparison.Measures.Where(measure => measure.Distributions is not null).Select(Distances));
        return Markup.Of(
            $"""
            <p>A mean can hide a few prompts that lost everything. Each small picture shows all scores from 0 to 10: the <span class="baseline">baseline's above</span> the line, the <span class="checkpoint">checkpoint's below</span> it, as shares of the prompts. The dashed lines are the bands: critical below 3, good from 7.</p>
            {Figure.Render(drawing, "Steps of half a point; both halves of a picture have one scale, whose end is written at the left.")}<p class="note">W1 is how far scores moved on average, in points; energy is another distance that weighs far moves; KS is the largest difference between the shares below any one score. p comes from swapping baseline and checkpoint within prompts at random. They describe; no verdict is decided on them.</p>
            {table.Render()}<details>
            <summary>The numbers behind the picture</summary>
            {Numbers(shown)}</details>

            """);
    }

    private static Markup[] Distances(MeasureComparison measure) =>
    [
        HtmlTable.Cell(measure.Measure.Label()),
        Markup.Of($"{measure.Paired}"),
        .. Cells(measure.Measure, measure.Distributions!.Wasserstein),
        .. Cells(measure.Measure, measure.Distributions!.Energy),
        HtmlTable.Cell(MeasureText.Points(measure.Distributions!.KolmogorovSmirnov.Value)),
        HtmlTable.Cell(DistributionDrawing.Share(measure.Distributions!.KolmogorovSmirnov.P)),
    ];

    private static Markup[] Cells(Measure measure, Distance distance) => [HtmlTable.Cell(measure.Value(distance.Value)), HtmlTable.Cell(DistributionDrawing.Share(distance.P))];

    private static Markup Numbers(List<MeasureComparison> measures) => new HtmlTable(
        "distribution-numbers",
        "Share of prompts by score, baseline / checkpoint.",
        ["score", .. measures.Select(measure => measure.Measure.Label())],
        Steps(measures)).Render();

    private static IEnumerable<Markup[]> Steps(List<MeasureComparison> measures)
    {
        var shares = measures.ConvertAll(measure => (
            Before: DistributionDrawing.Shares(measure.Distributions!.Baseline), After: DistributionDrawing.Shares(measure.Distributions!.Checkpoint)));
        for (var step = 0; step < DistributionDrawing.Steps; step++)
        {
            var at = step;
            yield return
            [
                HtmlTable.Cell($"{AxisScale.Label(at / 2.0)} to {AxisScale.Label((at + 1) / 2.0)}"),
                .. shares.Select(one => one.Before[at] + one.After[at] == 0 ? HtmlTable.Cell("–") : HtmlTable.Cell($"{MeasureText.Percent(one.Before[at])} / {MeasureText.Percent(one.After[at])}")),
            ];
        }
    }
}
