using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How a checkpoint's own mean stands against a floor; scores that are missing or not read yet could be anything from 0 to 10.</summary>
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
