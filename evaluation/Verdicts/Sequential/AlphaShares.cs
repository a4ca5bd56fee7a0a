namespace RailCluster.Evaluation;

/// <summary>
/// How the checkpoints of a run share an error rate: nine tenths in equal parts among those that are expected, the last tenth among all that come
/// after them, each less than the one before.
/// </summary>
public static class AlphaShares
{
    private const double Expected = 0.9;
    private const double Reserved = 0.1;

    /// <summary>The share of one checkpoint. All shares of any number of checkpoints together are at most the whole.</summary>
    /// <param name="alpha">The whole.</param>
    /// <param name="expectedCheckpoints">1 or more.</param>
    /// <param name="index">Which checkpoint that spends, from 1.</param>
    public static double Of(double alpha, int expectedCheckpoints, int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expectedCheckpoints, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        if (index <= expectedCheckpoints) return alpha / expectedCheckpoints * Expected;
        var beyond = (double)index - expectedCheckpoints;
        return Reserved * alpha * 6 / (Math.PI * Math.PI * beyond * beyond);
    }
}
