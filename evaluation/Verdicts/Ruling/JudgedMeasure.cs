using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A measure with how it stands, and what that rests on.</summary>
internal sealed record JudgedMeasure(MeasureComparison Comparison, MeasureStanding Standing, bool IsGated, double Tolerance, JudgedFloor? Floor, JudgedNoise? Noise)
{
    /// <summary>The drop as a share of what is tolerated; more is worse, and a collapse or a broken floor is worst.</summary>
    public double Severity => HasCollapsed ? double.PositiveInfinity
        : Floor is { Standing: MeasureStanding.Block } ? double.MaxValue
        : Tolerance > 0 ? Comparison.HighestDrop / Tolerance
        : Comparison.HighestDrop > 0 ? double.MaxValue : 0;

    /// <summary>Whether a critical prompt collapsed where the policy gates it.</summary>
    public bool HasCollapsed => IsGated && !Comparison.Collapsed.IsEmpty;

    /// <summary>Whether the drop would not be tolerated, if only the scorer could judge it: reason to look, not to block.</summary>
    public bool IsSuspected => Standing == MeasureStanding.Blind && Comparison.LowestSum > Allowed(Comparison, Tolerance);

    /// <summary>Judges one measure. Sums of thousandths are compared, in decimal, so that a drop of exactly the tolerance is within it.</summary>
    public static JudgedMeasure Of(Comparison comparison, MeasureComparison measure, CheckpointSummary? checkpoint, Policy policy, bool isBlind)
    {
        var tolerance = policy.Tolerance(measure.Measure);
        var isGated = policy.Gated.Contains(measure.Measure);
        var floor = JudgedFloor.Of(measure, checkpoint, policy);
        var noise = JudgedNoise.Of(measure, comparison, tolerance);
        var judged = new JudgedMeasure(measure, MeasureStanding.Shown, isGated, tolerance, floor, noise);
        return judged with { Standing = judged.Stands(isBlind) };
    }

    /// <summary>Whether the drop, at its highest, is beyond a share of the tolerance.</summary>
    public bool UsesMoreThan(double share) => Comparison.HighestSum > Allowed(Comparison, Tolerance) * (decimal)share;

    private MeasureStanding Stands(bool isBlind)
    {
        if (!IsGated && Floor is null) return MeasureStanding.Shown;
        if (Comparison.Declared == 0) return MeasureStanding.NotJudged;
        if (isBlind) return MeasureStanding.Blind;
        var drop = IsGated ? Within(Comparison, Allowed(Comparison, Tolerance)) : MeasureStanding.Pass;
        return HasCollapsed || drop == MeasureStanding.Block || Floor is { Standing: MeasureStanding.Block } ? MeasureStanding.Block
            : drop == MeasureStanding.Undecided || Floor is { Standing: MeasureStanding.Undecided } ? MeasureStanding.Undecided
            : !IsGated ? MeasureStanding.Shown
            : Noise is { TooLarge: true } ? MeasureStanding.Noisy
            : MeasureStanding.Pass;
    }

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
