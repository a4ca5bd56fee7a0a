using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The interval that is shown of a drop: it holds at every look together, each end with probability 1 − α. What is missing widens it: the low end takes
/// it as good for the checkpoint as it can be, the high end as bad.
/// </summary>
public static class ConfidenceSequence
{
    // Logarithms may differ in their last bits from machine to machine.
    private const int Digits = 6;

    /// <summary>
    /// Of one measure over a prefix. While a suite is not complete, it is about the suite's mean. Once it is, that mean is known, and the interval says
    /// how far the drop would vary over prompts like these; so it does for a population.
    /// </summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="suite">The suite that both were asked, in order.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    /// <param name="facts">The policy's target, the share of α, and the prefix.</param>
    /// <returns>In points or as a share; null where no prompt of the measure was read.</returns>
    public static Interval? Of(
        Measure measure,
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts facts) => Of(PrefixUnits.Of(suite, baseline, checkpoint, facts), measure, facts);

    internal static Interval? Of(PrefixUnits prefix, Measure measure, ComparisonFacts facts)
    {
        var units = prefix.Measures[(int)measure];
        if (units.Read.IsEmpty) return null;
        var alpha = facts.Alpha ?? facts.Policy.Alpha;
        var scale = MeasureScale.Of(measure);
        int? total = prefix is { Target: EvidenceTarget.Suite, IsComplete: false } ? units.Total : null;
        var (low, high) = (new EmpiricalBernstein(alpha, total), new EmpiricalBernstein(alpha, total));
        var (lowest, highest) = (0.0, 0.0);
        foreach (var unit in units.Read)
        {
            var (down, up) = (Share(unit.LowestDrop, unit, scale), Share(unit.HighestDrop, unit, scale));
            low.Take(down, total is null || !unit.IsCritical);
            high.Take(1 - up, total is null || !unit.IsCritical);
            lowest += down / units.Read.Length;
            highest += up / units.Read.Length;
        }

        // An interval that leaves out what was seen helps nobody, and a wider one is as true.
        return new Interval(Points(Math.Min(low.Lower, lowest), scale), Points(Math.Max(1 - high.Lower, highest), scale), 1 - alpha);
    }

    private static double Share(long drop, MeasureUnit unit, MeasureScale scale) => (drop - (double)scale.Lowest * unit.Members) / ((double)scale.Range * unit.Members);

    private static double Points(double share, MeasureScale scale) => Math.Round((share * scale.Range + scale.Lowest) / 1000, Digits);
}
