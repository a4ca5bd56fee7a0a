using System.Globalization;
using System.Text;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Draws the drop of every dimension against its tolerance as inline SVG: bars to the right got worse.</summary>
internal static class DropChart
{
    private const int Width = 760;
    private const int Left = 130;
    private const int Right = 70;
    private const int RowHeight = 30;
    private const int Top = 26;

    public static string Draw(ComparisonTable table)
    {
        var rows = table.Rows.Where(row => !row.IsRate).ToList();
        var scale = Scale.Of(rows);
        var height = Top + rows.Count * RowHeight + 28;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"Drop against tolerance on each dimension\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{scale.X(0):0.#}\" y=\"14\" text-anchor=\"middle\">no change</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"zero\" x1=\"{scale.X(0):0.#}\" y1=\"{Top - 6}\" x2=\"{scale.X(0):0.#}\" y2=\"{height - 22}\"/>\n");
        for (var index = 0; index < rows.Count; index++) Bar(svg, rows[index], Top + index * RowHeight, scale);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Left}\" y=\"{height - 6}\">← better</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{Width - Right}\" y=\"{height - 6}\" text-anchor=\"end\">worse →</text>\n");
        return svg.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder svg, ComparisonRow row, int y, Scale scale)
    {
        var middle = y + RowHeight / 2;
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{Left - 10}\" y=\"{middle + 5}\" text-anchor=\"end\">{HtmlText.Escape(row.Measure.Label())}</text>\n");
        if (row.Drop is not { } drop)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"axis\" x=\"{scale.X(0) + 6:0.#}\" y=\"{middle + 5}\">{row.Standing.Word()}</text>\n");
            return;
        }

        var (from, to) = (Math.Min(scale.X(0), scale.X(drop)), Math.Max(scale.X(0), scale.X(drop)));
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar {Class(row.Standing)}\" x=\"{from:0.#}\" y=\"{y + 6}\" width=\"{Math.Max(to - from, 1):0.#}\" height=\"{RowHeight - 12}\" rx=\"2\"/>\n");
        if (row.Interval is { } interval)
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"spread\" x1=\"{scale.X(interval.Low):0.#}\" y1=\"{middle}\" x2=\"{scale.X(interval.High):0.#}\" y2=\"{middle}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"tolerance\" x1=\"{scale.X(row.Tolerance):0.#}\" y1=\"{y + 2}\" x2=\"{scale.X(row.Tolerance):0.#}\" y2=\"{y + RowHeight - 2}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"value\" x=\"{Width - 4}\" y=\"{middle + 5}\" text-anchor=\"end\">{row.Measure.Drop(drop)}</text>\n");
    }

    internal static string Class(MeasureStanding standing) => standing switch
    {
        MeasureStanding.Pass => "pass",
        MeasureStanding.Block => "block",
        MeasureStanding.Undecided or MeasureStanding.Noisy => "undecided",
        _ => "quiet",
    };

    private sealed record Scale(double Low, double High)
    {
        private const double Least = 1;

        public static Scale Of(List<ComparisonRow> rows)
        {
            var values = rows.SelectMany(Values).ToList();
            return new Scale(Math.Min(-Least, values.DefaultIfEmpty(0).Min()) * 1.05, Math.Max(Least, values.DefaultIfEmpty(0).Max()) * 1.05);
        }

        public double X(double value) => Left + (value - Low) / (High - Low) * (Width - Left - Right);

        private static IEnumerable<double> Values(ComparisonRow row)
        {
            if (row.Drop is not { } drop) yield break;
            yield return drop;
            yield return row.Tolerance;
            if (row.Interval is not { } interval) yield break;
            yield return interval.Low;
            yield return interval.High;
        }
    }
}
