using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>
/// Draws how the scores are spread, a small picture for every dimension: the baseline's above the line, the checkpoint's below it, as shares of the
/// prompts scored on both sides, in steps of half a point.
/// </summary>
internal static class DistributionDrawing
{
    public const string Name = "distributions";

    /// <summary>Steps in a picture.</summary>
    public const int Steps = 20;

    private const int TenthsInAStep = 5;
    private const double Width = 760;
    private const double Gap = 32;
    private const double Left = 44;
    private const double PanelWidth = (Width - Left - Gap - 20) / 2 - 8;
    private const double PanelHeight = 196;
    private const double Half = 56;
    private const double Legend = 102;
    private const double LeastTop = 0.1;

    /// <summary>The picture; null where no dimension has scores on both sides.</summary>
    public static Drawing? Of(Comparison comparison)
    {
        var measures = Shown(comparison).ToList();
        if (measures.Count == 0) return null;
        var canvas = new Canvas();
        for (var index = 0; index < measures.Count; index++)
            Panel(canvas, measures[index], Left + index % 2 * (PanelWidth + Gap + 20), 6 + index / 2 * PanelHeight);
        return canvas.Finish(Name, Width, (measures.Count + 1) / 2 * PanelHeight + 8, "Scores of the baseline and of the checkpoint, dimension by dimension", Words(measures));
    }

    /// <summary>Dimensions with scores on both sides.</summary>
    public static IEnumerable<MeasureComparison> Shown(Comparison comparison) =>
        comparison.Measures.Where(measure => measure.Measure.AsDimension() is not null && measure.Distributions is not null);

    /// <summary>Share of prompts by steps of half a point; the last holds full marks as well.</summary>
    public static ImmutableArray<double> Shares(ImmutableSortedDictionary<int, int> tenths)
    {
        var counts = new double[Steps];
        foreach (var (tenth, prompts) in tenths) counts[Math.Clamp(tenth / TenthsInAStep, 0, Steps - 1)] += prompts;
        var all = Math.Max(counts.Sum(), 1);
        return [.. counts.Select(count => count / all)];
    }

    private static void Panel(Canvas canvas, MeasureComparison measure, double left, double top)
    {
        var spread = measure.Distributions!;
        var (before, after) = (Shares(spread.Baseline), Shares(spread.Checkpoint));
        var most = Math.Max(before.Concat(after).Max(), LeastTop);
        var axis = top + 42 + Half;
        var scale = new AxisScale(0, 10, left, left + PanelWidth);
        canvas.Text(left, top + 14, measure.Measure.Label(), size: 14, bold: true);
        canvas.Text(left, top + 31, $"W1 {MeasureText.Points(spread.Wasserstein.Value)} ({Chance(spread.Wasserstein.P)}), KS {MeasureText.Points(spread.KolmogorovSmirnov.Value)} ({Chance(spread.KolmogorovSmirnov.P)})", Anchor.Start, Ink.Soft, 12);
        canvas.Box(left, axis - Half, PanelWidth, 2 * Half, Ink.Shade);
        foreach (var band in (double[])[3, 7]) canvas.Line(scale.At(band), axis - Half, scale.At(band), axis + Half, Ink.Soft, 1, dashed: true);
        Side(canvas, before, scale, axis, -Half / most, Ink.Baseline);
        Side(canvas, after, scale, axis, Half / most, Ink.Checkpoint);
        canvas.Line(left, axis, left + PanelWidth, axis, Ink.Text);
        canvas.Text(left - 5, axis - Half + 9, Short(most), Anchor.End, Ink.Soft, 11);
        canvas.Text(left - 5, axis + Half, Short(most), Anchor.End, Ink.Soft, 11);
        canvas.Text(left + PanelWidth - Legend, top + 14, "baseline ↑", Anchor.End, Ink.Baseline, 12, bold: true);
        canvas.Text(left + PanelWidth, top + 14, "checkpoint ↓", Anchor.End, Ink.Checkpoint, 12, bold: true);
        foreach (var tick in (double[])[0, 3, 7, 10]) canvas.Text(scale.At(tick), axis + Half + 15, AxisScale.Label(tick), Anchor.Middle, Ink.Soft, 12);
    }

    private static void Side(Canvas canvas, ImmutableArray<double> shares, AxisScale scale, double axis, double height, Ink ink)
    {
        const double wide = 10.0 / Steps;
        for (var step = 0; step < Steps; step++)
        {
            if (shares[step] == 0) continue;
            var (from, to, end) = (scale.At(step * wide) + 0.5, scale.At((step + 1) * wide) - 0.5, axis + shares[step] * height);
            canvas.Box(from, Math.Min(axis, end), to - from, Math.Max(Math.Abs(end - axis), 1), ink);
        }
    }

    /// <summary>How often chance alone would give as much, such as <c>p 0.004</c>.</summary>
    public static string Chance(double p) => "p " + Share(p);

    /// <summary>The same without the letter.</summary>
    public static string Share(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Short(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Words(List<MeasureComparison> measures) => string.Join(" ", measures.Select(measure => HtmlText.Sentence(
        $"{measure.Measure.Label()}: mean {measure.Measure.Value(measure.BaselineMean)} on the baseline, {measure.Measure.Value(measure.CheckpointMean)} on the checkpoint, "
        + $"scores moved by {MeasureText.Points(measure.Distributions!.Wasserstein.Value)} points on average")));
}
