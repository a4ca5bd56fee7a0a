using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>Holm's procedure over evidence: among all hypotheses together the chance of a single false rejection is at most α.</summary>
public static class EHolm
{
    /// <summary>Which hypotheses are rejected: sorted by evidence, most first, the k-th of M needs (M − k + 1)/α, and the first that has less ends it.</summary>
    /// <param name="evidence">One a hypothesis, 0 or more; infinite for certain.</param>
    /// <param name="alpha">Above 0.</param>
    public static ImmutableArray<bool> Reject(ReadOnlySpan<double> evidence, double alpha)
    {
        var rejected = new bool[evidence.Length];
        var order = Ranks.Descending(evidence);
        for (var k = 0; k < order.Length && evidence[order[k]] >= (order.Length - k) / alpha; k++) rejected[order[k]] = true;
        return [.. rejected];
    }
}
