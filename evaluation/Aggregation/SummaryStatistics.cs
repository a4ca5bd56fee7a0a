using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Statistics read off a summary, in points (0–10). Null where there are too few scores.</summary>
public static class SummaryStatistics
{
    private const double Thousand = 1000;

    /// <summary>The mean.</summary>
    public static double? Mean(this DimensionSummary summary) => summary.Count == 0 ? null : summary.Sum / Thousand / summary.Count;

    /// <summary>The standard deviation with n − 1; null below two scores.</summary>
    public static double? StandardDeviation(this DimensionSummary summary)
    {
        if (summary.Count < 2) return null;
        // n·Σx² − (Σx)² in 128 bits is exact; only the last step is a division.
        var spread = (Int128)summary.Count * summary.SumOfSquares - (Int128)summary.Sum * summary.Sum;
        return Math.Sqrt((double)spread / summary.Count / (summary.Count - 1)) / Thousand;
    }

    /// <summary>The lowest score that at least this share of the scores does not exceed, such as the median for 0.5.</summary>
    /// <param name="histogram">Scores in thousandths and how often each occurs.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static double? Quantile(ImmutableSortedDictionary<int, long> histogram, double share)
    {
        CheckShare(share);
        var wanted = (decimal)share * histogram.Values.Sum();
        var seen = 0L;
        foreach (var (score, count) in histogram)
        {
            seen += count;
            if (seen >= wanted) return score / Thousand;
        }

        return null;
    }

    /// <summary>The mean of the worst share of the scores; the last one counts by its fraction.</summary>
    /// <param name="histogram">Scores in thousandths and how often each occurs.</param>
    /// <param name="share">Above 0, at most 1.</param>
    public static double? WorstMean(ImmutableSortedDictionary<int, long> histogram, double share)
    {
        CheckShare(share);
        var wanted = histogram.Values.Sum() * share;
        if (wanted <= 0) return null;
        var (left, sum) = (wanted, 0.0);
        foreach (var (score, count) in histogram)
        {
            var taken = Math.Min(left, count);
            sum += taken * score;
            left -= taken;
            if (left <= 0) break;
        }

        return sum / wanted / Thousand;
    }

    // Written as a negated "inside", so that NaN is outside.
    private static void CheckShare(double share)
    {
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "a share lies above 0 and is at most 1");
    }
}
