using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>The procedure of Benjamini and Hochberg over evidence: of what it rejects, at most a share of α is false on average, however the hypotheses depend.</summary>
public static class EBenjaminiHochberg
{
    /// <summary>Which hypotheses are rejected: the k with most evidence, for the largest k whose k-th of M has at least M/(k·α).</summary>
    /// <param name="evidence">One a hypothesis, 0 or more; infinite for certain.</param>
    /// <param name="alpha">Above 0.</param>
    public static ImmutableArray<bool> Reject(ReadOnlySpan<double> evidence, double alpha)
    {
        var rejected = new bool[evidence.Length];
        var order = Ranks.Descending(evidence);
        var count = order.Length;
        while (count > 0 && evidence[order[count - 1]] < order.Length / (count * alpha)) count--;
        foreach (var index in order.AsSpan(0, count)) rejected[index] = true;
        return [.. rejected];
    }
}
