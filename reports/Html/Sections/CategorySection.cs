using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Every measure by category; those open at once where a category stands out.</summary>
internal static class CategorySection
{
    private const int MostRows = 200;

    public static Markup Render(VerdictReport report)
    {
        var measures = report.Comparison.Measures.Where(measure => measure.Categories.Length > 1).ToList();
        return measures.Count == 0 ? Markup.Empty : Markup.Of(
            $"""
            <p>A category stands out where the evidence that it lost more than is tolerated is strong among all categories together (false discovery rate held by e-BH). Categories describe; no verdict is decided on them. Five numbers say how the scores of each side are spread: lowest, lower quartile, median, upper quartile, highest.</p>
            {measures.Select(Details)}
            """);
    }

    private static Markup Details(MeasureComparison measure)
    {
        var outstanding = measure.Categories.Count(category => category.StandsOut);
        var worst = measure.Categories.Where(category => category.Drop is not null).OrderByDescending(category => category.Drop).FirstOrDefault();
        return Markup.Of(
            $"""
            <details{(outstanding > 0 ? Markup.Constant(" open=\"\"") : Markup.Empty)}>
            <summary>{measure.Measure.Label()}: {measure.Categories.Length} categories{Worst(measure.Measure, worst)}{(outstanding > 0 ? Markup.Of($" <span class=\"tag block\">{outstanding} stand{(outstanding == 1 ? "s" : "")} out</span>") : Markup.Empty)}</summary>
            {Table(measure)}</details>

            """);
    }

    private static Markup Worst(Measure measure, CategoryDrop? worst) =>
        worst?.Drop is { } drop && measure.Drop(drop).StartsWith('+') ? Markup.Of($", largest drop {measure.Drop(worst.Drop)} ({HtmlText.Name(worst.Category)})") : Markup.Empty;

    private static Markup Table(MeasureComparison measure)
    {
        var sorted = measure.Categories.OrderByDescending(category => category.StandsOut).ThenByDescending(category => category.Drop ?? double.MinValue).ToList();
        var note = sorted.Count > MostRows ? $" The first {MostRows} of {sorted.Count}." : "";
        return new HtmlTable(
            $"categories-{measure.Measure.Key()}",
            $"{measure.Measure.Label()} by category, worst first.{note}",
            ["category", "prompts", "paired", "baseline", "checkpoint", "drop", "standard error", "stands out"],
            sorted.Take(MostRows).Select(category => Row(measure.Measure, category))).Render();
    }

    private static string Spread(ScoreSpread? spread) => spread is null
        ? "–"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{spread.Lowest:0.0} · {spread.LowerQuartile:0.0} · {spread.Median:0.0} · {spread.UpperQuartile:0.0} · {spread.Highest:0.0}");

    private static Markup[] Row(Measure measure, CategoryDrop category) =>
    [
        HtmlText.Name(category.Category),
        Markup.Of($"{category.Declared}"),
        Markup.Of($"{category.Paired}"),
        HtmlTable.Cell(Spread(category.Baseline)),
        HtmlTable.Cell(Spread(category.Checkpoint)),
        HtmlTable.Cell(measure.Drop(category.Drop)),
        HtmlTable.Cell(measure.Value(category.StandardError)),
        category.StandsOut ? Markup.Constant("<span class=\"tag block\">stands out</span>") : Markup.Constant("no"),
    ];
}
