using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Prompts that changed their band, and those that fell from good to critical.</summary>
internal static class BandSection
{
    public static Markup Render(VerdictReport report)
    {
        var measures = report.Comparison.Measures.Where(measure => measure.Measure.AsDimension() is not null && measure.Paired > 0).ToList();
        if (measures.TrueForAll(measure => measure.Collapses is null && measure.Flips.IsEmpty)) return Markup.Empty;
        var table = new HtmlTable(
            "flips",
            "Prompts that changed their band, and the collapse rate with its 95 % interval (Clopper–Pearson).",
            ["dimension", "good → fair", "good → critical", "fair → critical", "upwards", "collapse rate", "interval"],
            measures.Select(Row));
        return Markup.Of($"<p>Bands: critical below 3, fair from 3, good from 7. A prompt that falls from good to critical collapses.</p>\n{table.Render()}{Collapsed(report.Comparison)}");
    }

    private static Markup[] Row(MeasureComparison measure) =>
    [
        HtmlTable.Cell(measure.Measure.Label()),
        Count(measure, flip => flip is { From: ScoreBand.Good, To: ScoreBand.Fair }),
        Count(measure, flip => flip is { From: ScoreBand.Good, To: ScoreBand.Critical }),
        Count(measure, flip => flip is { From: ScoreBand.Fair, To: ScoreBand.Critical }),
        Count(measure, flip => flip.To > flip.From),
        HtmlTable.Cell(measure.Collapses is { Of: > 0 } share ? $"{share.Count} of {share.Of}, {MeasureText.Percent((double)share.Count / share.Of)}" : "–"),
        HtmlTable.Cell(measure.Collapses is { } range ? $"{MeasureText.Percent(range.Low)} to {MeasureText.Percent(range.High)}" : "–"),
    ];

    private static Markup Count(MeasureComparison measure, Func<BandFlip, bool> counts) => Markup.Of($"{measure.Flips.Where(counts).Sum(flip => flip.Prompts)}");

    private static Markup Collapsed(Comparison comparison)
    {
        var collapsed = comparison.Measures.SelectMany(measure => measure.Collapsed.Select(pair => (measure.Measure, Pair: pair))).Take(50).ToList();
        return collapsed.Count == 0 ? Markup.Empty : new HtmlTable(
            "collapsed",
            "Critical prompts that fell from good to critical. A collapse counts by itself once fresh scorings of both answers confirm it.",
            ["prompt", "change", "fresh scores of the baseline", "fresh scores of the checkpoint"],
            collapsed.Select(one => Row(one.Measure, one.Pair, comparison)))
        { Class = "texts" }.Render();
    }

    private static Markup[] Row(Measure measure, PairedDrop pair, Comparison comparison)
    {
        var fresh = comparison.Confirmations.FirstOrDefault(one => one.PromptId == pair.PromptId && one.Dimension == measure.AsDimension());
        return
        [
            HtmlText.Name(pair.PromptId),
            HtmlTable.Cell(measure.Change(pair)),
            HtmlTable.Cell(fresh is null ? "not scored again" : fresh.Unknown ?? Scores(fresh.Baseline)),
            HtmlTable.Cell(fresh is null ? "not scored again" : fresh.Unknown ?? Scores(fresh.Checkpoint)),
        ];
    }

    private static string Scores(IEnumerable<int> thousandths) => string.Join(", ", thousandths.Select(score => MeasureText.Points(score / 1000.0)));
}
