using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The drops that a measure can have on one prompt, in thousandths. A rate counts only what was lost, so its drops are never below 0.</summary>
internal readonly record struct MeasureScale(int Lowest, int Highest)
{
    private const int Points = 10_000;
    private const int Share = 1000;

    public int Range => Highest - Lowest;

    public static MeasureScale Of(Measure measure) => measure.AsDimension() is null ? new(0, Share) : new(-Points, Points);

    /// <summary>Evidence that the mean drop exceeds the tolerance.</summary>
    public BettingProcess Block(double tolerance, int? units, IBets? bets = null) =>
        new(bets ?? new GridMixture(), Range, Thousandths(tolerance) - Lowest, units);

    /// <summary>Evidence that the mean drop is below the tolerance: the same of what was kept.</summary>
    public BettingProcess Pass(double tolerance, int? units, IBets? bets = null) =>
        new(bets ?? new GridMixture(), Range, Highest - Thousandths(tolerance), units);

    // In decimal a tolerance is what its digits say.
    private static decimal Thousandths(double tolerance) => (decimal)tolerance * 1000;
}
