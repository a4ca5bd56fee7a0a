using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>What an evaluation costs by the RAIL API's price list, in credits. A hit in its cache costs nothing.</summary>
public static class RailApiCredits
{
    private const decimal BasicAll = 1, BasicOne = 0.2m, BasicEach = 0.3m;
    private const decimal DeepAll = 3, DeepOne = 1, DeepEach = 2;

    /// <summary>The most that one evaluation costs.</summary>
    /// <param name="mode"><see cref="ScoringMode.Auto"/> may become deep, and is reserved as such.</param>
    /// <param name="dimensionCount">1 to 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number of dimensions.</exception>
    public static double Cost(ScoringMode mode, int dimensionCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensionCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensionCount, Dimensions.All.Length);
        return (double)(mode == ScoringMode.Basic
            ? Of(dimensionCount, BasicOne, BasicEach, BasicAll)
            : Of(dimensionCount, DeepOne, DeepEach, DeepAll));
    }

    // One dimension has a price of its own; several are added up until all eight are cheaper.
    private static decimal Of(int count, decimal one, decimal each, decimal all) => count == 1 ? one : Math.Min(each * count, all);
}
