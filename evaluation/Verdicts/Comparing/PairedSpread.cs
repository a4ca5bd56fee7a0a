namespace RailCluster.Evaluation;

/// <summary>How far paired drops lie apart. From exact integers, so that order and grouping change no bit.</summary>
/// <param name="StandardError">Of the mean drop, sd/√n, in points or as a share; null below two pairs.</param>
/// <param name="ClusteredError">The same with categories as clusters, after Miller (arXiv 2411.00640); null below two categories.</param>
/// <param name="EffectSize">The mean drop in standard deviations; null where no two drops differ.</param>
internal sealed record PairedSpread(double? StandardError, double? ClusteredError, double? EffectSize)
{
    private const double Thousand = 1000;

    public static PairedSpread Of(IReadOnlyCollection<ScorePair> pairs)
    {
        var n = pairs.Count;
        if (n < 2) return new PairedSpread(null, null, null);
        var sum = pairs.Sum(pair => (long)pair.Drop);
        var squares = (Int128)n * pairs.Sum(pair => (long)pair.Drop * pair.Drop) - (Int128)sum * sum;
        var deviation = Math.Sqrt((double)squares) / n;
        return new PairedSpread(deviation / Math.Sqrt(n) / Thousand, Clustered(pairs, n, sum), squares == 0 ? null : sum / (double)n / deviation);
    }

    private static double? Clustered(IReadOnlyCollection<ScorePair> pairs, int n, long sum)
    {
        var clusters = new Dictionary<string, (int Count, long Sum)>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var known = clusters.GetValueOrDefault(pair.Category);
            clusters[pair.Category] = (known.Count + 1, known.Sum + pair.Drop);
        }

        if (clusters.Count < 2) return null;
        // Every cluster's sum of deviations, n times as large, is a whole number.
        var total = clusters.Values.Aggregate((Int128)0, (squares, one) => squares + Square((Int128)n * one.Sum - (Int128)one.Count * sum));
        return Math.Sqrt((double)total) / n / n / Thousand;
    }

    private static Int128 Square(Int128 value) => value * value;
}
