using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Draws a run's checkpoints: above, drops in tolerances; below, the trainer's own figures; between them, the verdicts.</summary>
internal static class TrendDrawing
{
    public const string Name = "trend";

    /// <summary>Measures that have a line with a name.</summary>
    public const int Named = 4;

    private const double Width = 760;
    private const double Left = 56;
    private const double Right = 600;
    private const double Top = 34;
    private const double Tall = 210;
    private const double TaskTall = 74;
    private const int MostTasks = 3;
    private const int MostLabels = 11;
    private const double MostTolerances = 20;

    private static readonly (MarkForm Form, Ink Ink, bool Dashed)[] Looks =
    [
        (MarkForm.Disc, Ink.Block, false), (MarkForm.Diamond, Ink.Baseline, true), (MarkForm.Triangle, Ink.Undecided, false), (MarkForm.Ring, Ink.Pass, true),
    ];

    /// <summary>The picture.</summary>
    public static Drawing Of(RunTrend trend)
    {
        var canvas = new Canvas();
        var across = new AxisScale(0, Math.Max(trend.Steps.Length - 1, 1), Left + 16, Right - 16);
        var tasks = TaskNames(trend).Take(MostTasks).ToList();
        var verdicts = Top + Tall + 26;
        var end = verdicts + 30 + tasks.Count * (TaskTall + 26);
        Onset(canvas, trend, across, end - 4);
        Drops(canvas, trend, across);
        Verdicts(canvas, trend, across, verdicts);
        for (var index = 0; index < tasks.Count; index++) TaskPanel.Draw(canvas, trend, tasks[index], across, verdicts + 40 + index * (TaskTall + 26), TaskTall, Left, Right);
        Steps(canvas, trend, across, end + 12);
        return canvas.Finish(Name, Width, end + 24, "Drops over the run's checkpoints, in tolerances", Words(trend));
    }

    /// <summary>Names of the trainer's figures, in the order in which they first appear.</summary>
    public static IEnumerable<string> TaskNames(RunTrend trend) => trend.Steps.SelectMany(step => step.Tasks).Select(task => task.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The measures that have a line with a name: those that lost most at any step.</summary>
    public static IReadOnlyList<Measure> Leading(RunTrend trend) =>
    [
        .. trend.Steps.SelectMany(step => step.Drops).GroupBy(drop => drop.Measure)
            .OrderByDescending(group => group.Max(drop => drop.Relative)).ThenBy(group => group.Key)
            .Take(Named).Select(group => group.Key),
    ];

    private static void Onset(Canvas canvas, RunTrend trend, AxisScale across, double end)
    {
        if (trend.FirstBlock is not { } block) return;
        var last = Index(trend, block);
        var first = trend.LastPass is { } pass ? Index(trend, pass) : Math.Max(last - 1, 0);
        var (from, to) = (across.At(first), across.At(last));
        canvas.Box(from, Top, Math.Max(to - from, 2), end - Top, Ink.Shade);
        canvas.Line(to, Top, to, Top + Tall, Ink.Block, 1.5, dashed: true);
        canvas.Text(Math.Min(to + 4, Right), Top - 8, $"onset by step {block}", to > Right - 110 ? Anchor.End : Anchor.Start, Ink.Block, 12, bold: true);
    }

    private static void Drops(Canvas canvas, RunTrend trend, AxisScale across)
    {
        var all = trend.Steps.SelectMany(step => step.Drops).Select(drop => Math.Clamp(drop.Relative, -MostTolerances, MostTolerances)).ToList();
        var scale = new AxisScale(Math.Min(all.Append(-0.5).Min(), -0.5), Math.Max(all.Append(1.5).Max(), 1.5) * 1.05, Top + Tall, Top);
        foreach (var tick in scale.Ticks())
        {
            canvas.Line(Left, scale.At(tick), Right, scale.At(tick), Ink.Rule);
            canvas.Text(Left - 8, scale.At(tick) + 4, AxisScale.Label(tick), Anchor.End, Ink.Soft, 12);
        }

        canvas.Text(2, Top - 8, "drop, in tolerances", Anchor.Start, Ink.Soft, 12);
        canvas.Line(Left, scale.At(1), Right, scale.At(1), Ink.Text, 2);
        var leading = Leading(trend);
        foreach (var measure in Measures.All.Where(measure => !leading.Contains(measure)))
            canvas.Path(Points(trend, measure, across, scale), Ink.Quiet, 1);
        for (var rank = leading.Count - 1; rank >= 0; rank--) Line(canvas, [.. Points(trend, leading[rank], across, scale)], Looks[rank]);
        Names(canvas, trend, leading, scale);
    }

    private static void Line(Canvas canvas, Spot[] points, (MarkForm Form, Ink Ink, bool Dashed) look)
    {
        canvas.Path(points, look.Ink, 2, look.Dashed);
        foreach (var point in points) canvas.Mark(look.Form, point.X, point.Y, 4, look.Ink);
    }

    // Each name beside the end of its line, moved apart where lines end together.
    private static void Names(Canvas canvas, RunTrend trend, IReadOnlyList<Measure> leading, AxisScale scale)
    {
        const double apart = 16;
        var ends = leading.Select((measure, rank) => (Name: measure.Label(), Rank: rank, Y: scale.At(trend.Steps.SelectMany(step => step.Drops).Last(drop => drop.Measure == measure).Relative)))
            .Append((Name: "tolerance", Rank: -1, Y: scale.At(1))).OrderBy(end => end.Y).ToList();
        var lowest = double.MinValue;
        foreach (var end in ends.Select((end, index) => end with { Y = Math.Min(end.Y, Top + Tall - (ends.Count - 1 - index) * apart) }))
        {
            var y = Math.Max(end.Y, lowest + apart);
            lowest = y;
            var look = end.Rank < 0 ? (Form: MarkForm.Disc, Ink: Ink.Text, Dashed: false) : Looks[end.Rank];
            if (end.Rank >= 0) canvas.Mark(look.Form, Right + 12, y, 4, look.Ink);
            canvas.Text(Right + (end.Rank < 0 ? 8 : 22), y + 4.5, end.Name, Anchor.Start, look.Ink, bold: end.Rank < 0);
        }
    }

    private static void Verdicts(Canvas canvas, RunTrend trend, AxisScale across, double y)
    {
        canvas.Text(2, y + 4, "verdict", Anchor.Start, Ink.Soft, 12);
        for (var index = 0; index < trend.Steps.Length; index++)
        {
            var (form, ink) = Marks.Of(trend.Steps[index].Outcome);
            canvas.Mark(form, across.At(index), y, 6, ink);
            if (IsLabelled(trend, index)) canvas.Text(across.At(index), y + 21, trend.Steps[index].Outcome.ToString(), Anchor.Middle, ink, 11);
        }
    }

    private static void Steps(Canvas canvas, RunTrend trend, AxisScale across, double y)
    {
        canvas.Text(2, y, "step", Anchor.Start, Ink.Soft, 12);
        for (var index = 0; index < trend.Steps.Length; index++)
        {
            var step = trend.Steps[index].Step;
            if (IsLabelled(trend, index)) canvas.Text(across.At(index), y, step.ToString(CultureInfo.InvariantCulture), Anchor.Middle, size: 12, bold: step == trend.Shown);
        }
    }

    private static bool IsLabelled(RunTrend trend, int index) => index % (1 + (trend.Steps.Length - 1) / MostLabels) == 0;

    private static IEnumerable<Spot> Points(RunTrend trend, Measure measure, AxisScale across, AxisScale scale) =>
        trend.Steps.SelectMany((step, index) => step.Drops.Where(drop => drop.Measure == measure).Select(drop => new Spot(across.At(index), scale.At(drop.Relative))));

    private static int Index(RunTrend trend, int step) => Math.Max(trend.Steps.IndexOf(trend.Steps.First(one => one.Step == step)), 0);

    private static string Words(RunTrend trend) => HtmlText.Sentence(trend.Onset) + " " + string.Join(" ", trend.Steps.Select(step =>
        HtmlText.Sentence($"step {step.Step}: {step.Outcome}{string.Concat(step.Tasks.Take(MostTasks).Select(task => $", {SafeText.Line(task.Name, 60)} {MeasureText.Figure(task.Value)}"))}")));
}
