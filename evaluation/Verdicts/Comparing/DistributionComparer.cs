using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// How the scores of both sides are spread, and how far apart the two distributions lie. Scores are tied and paired, so that no textbook table fits:
/// how often chance gives as much is counted by swapping baseline and checkpoint within prompts, by seed.
/// </summary>
internal static class DistributionComparer
{
    /// <summary>Fewest and most swaps of everything; between them they are as many as <see cref="Work"/> allows.</summary>
    public const int FewestSwaps = 99;

    /// <summary>See <see cref="FewestSwaps"/>.</summary>
    public const int MostSwaps = 999;

    private const int Work = 5_000_000;
    private const double Thousand = 1000;

    /// <summary>Null where no prompt is scored on both sides.</summary>
    /// <param name="both">Prompts scored on both sides.</param>
    /// <param name="seed">Of the suite.</param>
    /// <param name="measure">Draws swaps of its own.</param>
    public static ScoreDistributions? Compare(IReadOnlyCollection<ScorePair> both, long seed, Measure measure)
    {
        if (both.Count == 0) return null;
        var steps = new StepDifference(both.Select(pair => (pair.Baseline!.Value, pair.Checkpoint!.Value)));
        var observed = steps.Observed();
        var swaps = Math.Clamp(Work / both.Count, FewestSwaps, MostSwaps);
        var (wasserstein, energy, largest) = (1, 1, 1);
        var random = new SplitMix64(unchecked((ulong)seed * 31 + (ulong)measure));
        for (var swap = 0; swap < swaps; swap++)
        {
            var chance = steps.Swapped(ref random);
            if (chance.Area >= observed.Area) wasserstein++;
            if (chance.Squares >= observed.Squares) energy++;
            if (chance.Largest >= observed.Largest) largest++;
        }

        var n = (double)both.Count;
        return new ScoreDistributions(
            Histogram(both.Select(pair => pair.Baseline!.Value)),
            Histogram(both.Select(pair => pair.Checkpoint!.Value)),
            new Distance(observed.Area / n / Thousand, wasserstein / (swaps + 1.0)),
            new Distance(Math.Sqrt(2 * (observed.Squares / n / n / Thousand)), energy / (swaps + 1.0)),
            new Distance(observed.Largest / n, largest / (swaps + 1.0)))
        {
            Differences = Histogram(both.Select(pair => pair.Baseline!.Value - pair.Checkpoint!.Value)),
            Swaps = swaps,
        };
    }

    // By tenths of a point; a half goes away from zero on either side of it.
    private static ImmutableSortedDictionary<int, int> Histogram(IEnumerable<int> thousandths) =>
        thousandths.CountBy(value => (value + 50 * Math.Sign(value)) / 100).ToImmutableSortedDictionary(bin => bin.Key, bin => bin.Value);
}
