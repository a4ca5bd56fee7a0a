using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>Holm's procedure over p-values.</summary>
public static class Holm
{
    /// <summary>Adjusted p-values: those up to α are rejected, and among all together the chance of a single false rejection is at most α.</summary>
    /// <param name="p">0 to 1.</param>
    public static ImmutableArray<double> Adjust(ReadOnlySpan<double> p)
    {
        var adjusted = new double[p.Length];
        var order = Ranks.Descending(p);
        order.AsSpan().Reverse();
        var largest = 0.0;
        for (var k = 0; k < order.Length; k++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - k) * p[order[k]]));
            adjusted[order[k]] = largest;
        }

        return [.. adjusted];
    }
}
