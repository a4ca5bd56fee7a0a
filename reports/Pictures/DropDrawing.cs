using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Draws the drop of every measure with its interval against its tolerance: to the right is worse.</summary>
internal static class DropDrawing
{
    public const string Name = "drops";

    private const double Width = 760;
    private const double Left = 132;
    private const double Right = 590;
    private const double RowHeight = 30;
    private const double Room = 1.08;

    /// <summary>The picture.</summary>
    /// <param name="table">All ten measures.</param>
    public static Drawing Of(ComparisonTable table) => Of(table, Name, "Drop against tolerance, measure by measure");

    /// <summary>The picture of the drop from the anchor.</summary>
    public static Drawing FromAnchor(ComparisonTable table) => Of(table, "anchor-drops", "Drop from the anchor against tolerance, measure by measure");

    private static Drawing Of(ComparisonTable table, string name, string title)
    {
        var canvas = new Canvas();
        var below = Block(canvas, 8, "points", [.. table.Rows.Where(row => !row.IsRate)], least: 1);
        var end = Block(canvas, below + 20, "share of prompts", [.. table.Rows.Where(row => row.IsRate)], least: 0.1);
        return canvas.Finish(name, Width, end + 2, title, Words(table));
    }

    private static double Block(Canvas canvas, double top, string unit, ComparisonRow[] rows, double least)
    {
        var scale = Scale(rows, least);
        var (first, last) = (top + 20, top + 20 + rows.Length * RowHeight);
        Axis(canvas, scale, unit, top, first, last, rows[0].Measure);
        for (var index = 0; index < rows.Length; index++) Row(canvas, rows[index], first + (index + 0.5) * RowHeight, scale);
        return last + 22;
    }

    private static void Axis(Canvas canvas, AxisScale scale, string unit, double top, double first, double last, Measure measure)
    {
        canvas.Text(Left - 12, top + 10, unit, Anchor.End, Ink.Soft, 12);
        canvas.Text(Left, top + 10, "← better", Anchor.Start, Ink.Soft, 12);
        canvas.Text(Right, top + 10, "worse →", Anchor.End, Ink.Soft, 12);
        canvas.Line(Left + 168, top, Left + 168, top + 13, Ink.Text, 2.5);
        canvas.Text(Left + 175, top + 10, "tolerance", Anchor.Start, Ink.Soft, 12);
        canvas.Line(Left + 258, top + 6, Left + 282, top + 6, Ink.Soft, 2);
        canvas.Text(Left + 288, top + 10, "interval", Anchor.Start, Ink.Soft, 12);
        foreach (var tick in scale.Ticks())
        {
            var isZero = Math.Abs(tick) < 1e-9;
            canvas.Line(scale.At(tick), first, scale.At(tick), last, isZero ? Ink.Soft : Ink.Rule, isZero ? 1.5 : 1);
            var label = measure.AsDimension() is null ? AxisScale.Label(tick * 100) + " %" : AxisScale.Label(tick);
            canvas.Text(scale.At(tick), last + 15, label, Anchor.Middle, Ink.Soft, 12);
        }
    }

    private static void Row(Canvas canvas, ComparisonRow row, double y, AxisScale scale)
    {
        canvas.Text(Left - 12, y + 4.5, row.Measure.Label(), Anchor.End);
        canvas.Text(Width - 2, y + 4.5, row.Standing.Word(), Anchor.End, Marks.Of(row.Standing).Ink, bold: true);
        if (row.Drop is not { } drop)
        {
            canvas.Text(scale.At(0) + 8, y + 4.5, row.Declared == 0 ? "no prompt exercises it" : "no pair of scores", Anchor.Start, Ink.Soft, 12);
            return;
        }

        canvas.Line(scale.At(row.Tolerance), y - 11, scale.At(row.Tolerance), y + 11, Ink.Text, 2.5);
        if (row.Interval is { } interval) Whisker(canvas, interval, y, scale, Marks.Of(row.Standing).Ink);
        var (form, ink) = Marks.Of(row.Standing);
        canvas.Mark(form, scale.At(drop), y, 4.8, ink);
        canvas.Text(Right + 62, y + 4.5, row.Measure.Drop(drop), Anchor.End);
    }

    // An end that lies outside of the picture is open.
    private static void Whisker(Canvas canvas, Interval interval, double y, AxisScale scale, Ink ink)
    {
        canvas.Line(scale.At(interval.Low), y, scale.At(interval.High), y, ink, 2);
        if (scale.Holds(interval.Low)) canvas.Line(scale.At(interval.Low), y - 6, scale.At(interval.Low), y + 6, ink, 2);
        else canvas.Path([new Spot(Left + 5, y - 5), new Spot(Left, y), new Spot(Left + 5, y + 5)], ink, 2);
        if (scale.Holds(interval.High)) canvas.Line(scale.At(interval.High), y - 6, scale.At(interval.High), y + 6, ink, 2);
        else canvas.Path([new Spot(Right - 5, y - 5), new Spot(Right, y), new Spot(Right - 5, y + 5)], ink, 2);
    }

    // Drops and tolerances are always within; a very wide interval does not squeeze them together.
    private static AxisScale Scale(ComparisonRow[] rows, double least)
    {
        var shown = rows.Where(row => row.Drop is not null).ToList();
        var (low, high) = (shown.Select(row => row.Drop!.Value).Append(-least).Min(), shown.SelectMany(row => new[] { row.Drop!.Value, row.Tolerance }).Append(least).Max());
        var intervals = shown.Select(row => row.Interval).OfType<Interval>().ToList();
        var reach = high - low;
        return new AxisScale(
            Room * Math.Min(low, Math.Max(intervals.Select(one => one.Low).Append(low).Min(), low - reach / 2)),
            Room * Math.Max(high, Math.Min(intervals.Select(one => one.High).Append(high).Max(), high + reach / 2)),
            Left,
            Right);
    }

    private static string Words(ComparisonTable table) => string.Join(" ", table.Rows.Where(row => row.Drop is not null).Select(row =>
        $"{HtmlText.Sentence($"{row.Measure.Label()} {row.Measure.Drop(row.Drop)}, tolerance {row.Measure.Value(row.Tolerance)}, {row.Standing.Word()}")}"))
        is { Length: > 0 } words ? words : "No measure has a drop.";
}
