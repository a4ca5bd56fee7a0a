using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A measure with how it stands, and what that rests on.</summary>
internal sealed record JudgedMeasure(MeasureComparison Comparison, MeasureStanding Standing, bool IsGated, double Tolerance, JudgedFloor? Floor)
{
    /// <summary>The drop as a share of what is tolerated; more is worse, and a broken floor is worst.</summary>
    public double Severity => Floor is { Standing: MeasureStanding.Block } ? double.MaxValue
        : Tolerance > 0 ? Comparison.HighestDrop / Tolerance
        : Comparison.HighestDrop > 0 ? double.MaxValue : 0;

    /// <summary>Judges one measure. Sums of thousandths are compared, in decimal, so that a drop of exactly the tolerance is within it.</summary>
    public static JudgedMeasure Of(MeasureComparison measure, CheckpointSummary? checkpoint, Policy policy)
    {
        var tolerance = policy.Tolerance(measure.Measure);
        var isGated = policy.Gated.Contains(measure.Measure);
        var floor = JudgedFloor.Of(measure, checkpoint, policy);
        var drop = isGated ? Within(measure, Allowed(measure, tolerance)) : MeasureStanding.Pass;
        var standing = measure.Declared == 0 ? (isGated ? MeasureStanding.NotJudged : MeasureStanding.Shown)
            : drop == MeasureStanding.Block || floor is { Standing: MeasureStanding.Block } ? MeasureStanding.Block
            : drop == MeasureStanding.Undecided || floor is { Standing: MeasureStanding.Undecided } ? MeasureStanding.Undecided
            : isGated ? MeasureStanding.Pass
            : MeasureStanding.Shown;
        return new JudgedMeasure(measure, standing, isGated, tolerance, floor);
    }

    /// <summary>Whether the drop, at its highest, is beyond a share of the tolerance.</summary>
    public bool UsesMoreThan(double share) => Comparison.HighestSum > Allowed(Comparison, Tolerance) * (decimal)share;

    private static decimal Allowed(MeasureComparison measure, double tolerance) => (decimal)tolerance * 1000 * measure.Declared;

    private static MeasureStanding Within(MeasureComparison measure, decimal allowed) =>
        measure.LowestSum > allowed ? MeasureStanding.Block
        : measure.HighestSum > allowed ? MeasureStanding.Undecided
        : MeasureStanding.Pass;
}

/// <summary>How a checkpoint's own mean stands against a floor; scores that are missing could be anything from 0 to 10.</summary>
internal sealed record JudgedFloor(double Floor, double LowestMean, double HighestMean, MeasureStanding Standing)
{
    private const int Best = 10_000;

    /// <summary>Null where the policy sets no floor, or no prompt exercises the dimension.</summary>
    public static JudgedFloor? Of(MeasureComparison measure, CheckpointSummary? checkpoint, Policy policy)
    {
        if (measure.Declared == 0 || measure.Measure.AsDimension() is not { } dimension) return null;
        if (!policy.Floors.TryGetValue(dimension, out var floor)) return null;
        var summary = checkpoint?.Dimensions.GetValueOrDefault(dimension) ?? DimensionSummary.Empty;
        var highest = summary.Sum + Best * (measure.Declared - summary.Count);
        var needed = (decimal)floor * 1000 * measure.Declared;
        var standing = highest < needed ? MeasureStanding.Block : summary.Sum < needed ? MeasureStanding.Undecided : MeasureStanding.Pass;
        return new JudgedFloor(floor, summary.Sum / 1000.0 / measure.Declared, highest / 1000.0 / measure.Declared, standing);
    }
}
