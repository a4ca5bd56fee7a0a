using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>The generators of simulated drops, in thousandths.</summary>
internal sealed class Drops(ulong seed)
{
    private const double Collapse = 9;
    private const double CollapseShare = 0.025;
    private const double RestDeviation = 0.3;

    private SplitMix64 _random = new(seed);

    /// <summary>From 0 to below 1.</summary>
    public double Uniform() => (_random.Next() >> 11) * Math.ScaleB(1, -53);

    /// <summary>Evenly spread about a mean with a standard deviation, in points.</summary>
    public int[] Even(int count, double mean, double deviation) => [.. Enumerable.Range(0, count).Select(_ => Thousandths(Spread(mean, deviation)))];

    /// <summary>2.5 % lose 9 points and the rest, evenly spread with a deviation of 0.3, what makes the true mean what is asked for: few prompts, much harm.</summary>
    public int[] RareCollapses(int count, double mean)
    {
        double rest = (mean - CollapseShare * Collapse) / (1 - CollapseShare);
        return [.. Enumerable.Range(0, count).Select(_ => Thousandths(Uniform() < CollapseShare ? Collapse : Spread(rest, RestDeviation)))];
    }

    /// <summary>The same as a fixed table whose mean is exactly what is asked for.</summary>
    public int[] RareCollapsesTable(int count, double mean)
    {
        int collapses = (int)Math.Round(count * CollapseShare);
        double rest = (mean * count - collapses * Collapse) / (count - collapses);
        int[] table = [.. Enumerable.Repeat(Thousandths(Collapse), collapses), .. Even(count - collapses, rest, RestDeviation)];
        int off = (int)((decimal)mean * 1000 * count) - table.Sum();
        // What rounding and chance left over is spread over the rest, a thousandth or a few each.
        for (int index = collapses; off != 0; index = index + 1 == count ? collapses : index + 1)
        {
            table[index] += Math.Sign(off);
            off -= Math.Sign(off);
        }

        return table;
    }

    private double Spread(double mean, double deviation) => mean + (2 * Uniform() - 1) * Math.Sqrt(3) * deviation;

    private static int Thousandths(double points) => (int)Math.Round(points * 1000, MidpointRounding.AwayFromZero);
}
