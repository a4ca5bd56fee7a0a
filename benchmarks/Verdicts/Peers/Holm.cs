namespace RailCluster.Benchmarks;

/// <summary>Holm's procedure over p-values, the classical counterpart of the one over evidence.</summary>
internal static class Holm
{
    /// <summary>Adjusted p-values: those up to α are rejected, and among all together the chance of a single false rejection is at most α.</summary>
    public static double[] Adjust(double[] p)
    {
        var adjusted = new double[p.Length];
        int[] order = [.. Enumerable.Range(0, p.Length).OrderBy(index => p[index])];
        double largest = 0;
        for (int k = 0; k < order.Length; k++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - k) * p[order[k]]));
            adjusted[order[k]] = largest;
        }

        return adjusted;
    }
}
