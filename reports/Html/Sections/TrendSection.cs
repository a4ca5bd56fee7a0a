using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>The run's checkpoints: where the loss began, and what the task gained meanwhile.</summary>
internal static class TrendSection
{
    public static Markup Render(VerdictReport report)
    {
        if (report.Trend is not { } trend) return Markup.Empty;
        var leading = TrendDrawing.Leading(trend);
        var tasks = TrendDrawing.TaskNames(trend).Take(3).ToList();
        var table = new HtmlTable(
            "trend-table",
            "The checkpoints of the picture. Drops are in tolerances: above 1 is more than is tolerated.",
            ["step", "verdict", .. leading.Select(MeasureText.Label), .. tasks],
            trend.Steps.Select(step => Row(trend, step, leading, tasks)));
        return Markup.Of(
            $"""
            <p>Run {HtmlText.Name(trend.Run)}, {trend.Steps.Length} judged checkpoints: {HtmlText.Ended(trend.Onset)}</p>
            {Figure.Render(TrendDrawing.Of(trend), "Drops of all measures in tolerances; the measures that lost most have names, the others are thin grey lines. The shaded part is where the loss began. Checkpoints stand evenly, whatever the steps between them. Verdicts: ● pass, ▲ warn, ■ block, ◆ inconclusive. Below, the trainer's own figures.")}{table.Render()}
            """);
    }

    private static Markup[] Row(RunTrend trend, TrendStep step, IReadOnlyList<Measure> leading, List<string> tasks) =>
    [
        step.Step == trend.Shown ? Markup.Of($"{step.Step} <em>(this report)</em>") : Markup.Of($"{step.Step}"),
        Standing.Tag(step.Outcome),
        .. leading.Select(measure => step.Drops.FirstOrDefault(drop => drop.Measure == measure) is { } drop
            ? HtmlTable.Cell(MeasureText.Points(drop.Relative).Replace('-', '−'))
            : HtmlTable.Cell("–")),
        .. tasks.Select(name => HtmlTable.Cell(step.Tasks.FirstOrDefault(task => task.Name == name) is { } task ? MeasureText.Figure(task.Value) : "–")),
    ];
}
