using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>One measure against one reference, as a row of data.</summary>
/// <param name="Reference"><c>baseline</c> or <c>anchor</c>.</param>
/// <param name="Compared">The measure.</param>
/// <param name="Verdict">How it stands.</param>
/// <param name="Evidence">What the sequential test has shown; null where there is none.</param>
internal sealed record MeasureRow(string Reference, MeasureComparison Compared, MeasureVerdict Verdict, MeasureEvidence? Evidence)
{
    /// <summary>All measures of a report, against the baseline and then against the anchor.</summary>
    public static IEnumerable<MeasureRow> Of(VerdictReport report)
    {
        var against = Of("baseline", report.Comparison, report.Verdict.Measures);
        return report.Comparison.Anchor is { } anchor && !report.Verdict.Anchor.IsEmpty ? against.Concat(Of("anchor", anchor, report.Verdict.Anchor)) : against;
    }

    private static IEnumerable<MeasureRow> Of(string reference, Comparison comparison, ImmutableArray<MeasureVerdict> standings) =>
        from measure in comparison.Measures
        join verdict in standings on measure.Measure equals verdict.Measure
        select new MeasureRow(reference, measure, verdict, comparison.Sequential?.Measures.FirstOrDefault(one => one.Measure == measure.Measure));
}

/// <summary>The columns of the table of measures. Dimensions are points (0–10), rates are shares (0–1).</summary>
internal static class MeasureColumns
{
    public static ImmutableArray<Column<MeasureRow>> All { get; } =
    [
        Text("reference", row => row.Reference),
        Text("measure", row => row.Compared.Measure.Key()),
        Text("standing", row => DataWord.Of(row.Verdict.Standing)),
        Count("declared", row => row.Compared.Declared),
        Count("read", row => row.Compared.Read),
        Count("paired", row => row.Compared.Paired),
        Number("baseline_mean", row => row.Compared.BaselineMean),
        Number("checkpoint_mean", row => row.Compared.CheckpointMean),
        Number("drop", row => row.Compared.Drop),
        Number("interval_low", row => row.Compared.Interval?.Low),
        Number("interval_high", row => row.Compared.Interval?.High),
        Number("interval_level", row => row.Compared.Interval?.Level),
        Number("tolerance", row => row.Verdict.Tolerance),
        Number("standard_error", row => row.Compared.StandardError),
        Number("clustered_error", row => row.Compared.ClusteredError),
        Number("effect_size", row => row.Compared.EffectSize),
        Number("highest_drop", row => row.Compared.HighestDrop),
        Number("lowest_drop", row => row.Compared.LowestDrop),
        Count("missing_baseline", row => row.Compared.Missing.Baseline),
        Count("missing_checkpoint", row => row.Compared.Missing.Checkpoint),
        Count("missing_both", row => row.Compared.Missing.Both),
        Count("missing_failed", row => row.Compared.Missing.Failed),
        Count("missing_other_scorer", row => row.Compared.Missing.OtherScorer),
        Count("worse", row => row.Compared.Lost),
        Count("better", row => row.Compared.Regained),
        Count("collapses", row => row.Compared.Collapses?.Count),
        Number("collapse_rate_low", row => row.Compared.Collapses?.Low),
        Number("collapse_rate_high", row => row.Compared.Collapses?.High),
        Number("wasserstein", row => row.Compared.Distributions?.Wasserstein.Value),
        Number("wasserstein_p", row => row.Compared.Distributions?.Wasserstein.P),
        Number("energy", row => row.Compared.Distributions?.Energy.Value),
        Number("energy_p", row => row.Compared.Distributions?.Energy.P),
        Number("kolmogorov_smirnov", row => row.Compared.Distributions?.KolmogorovSmirnov.Value),
        Number("kolmogorov_smirnov_p", row => row.Compared.Distributions?.KolmogorovSmirnov.P),
        Number("block_log_evidence", row => row.Evidence?.BlockLog),
        Number("pass_log_evidence", row => row.Evidence?.PassLog),
    ];

    private static Column<MeasureRow>.Text Text(string name, Func<MeasureRow, string?> read) => new(name, read);

    private static Column<MeasureRow>.Number Number(string name, Func<MeasureRow, double?> read) => new(name, read);

    private static Column<MeasureRow>.Count Count(string name, Func<MeasureRow, int?> read) => new(name, read);
}
