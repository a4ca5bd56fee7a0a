using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How much the means over answers waver when each is scored several times, answer by answer: <see cref="NoiseFloor"/> without a suite. Sums are of integers.</summary>
public sealed class NoiseTally
{
    private readonly SortedDictionary<Dimension, WithinPrompts> _pools = [];

    /// <summary>Takes in all scorings of one answer; what other scorers than the first's scored is passed over.</summary>
    public void Add(IReadOnlyList<ScoredResponse> scorings)
    {
        var same = WithinPrompts.OfOneScorer(scorings).ToList();
        foreach (var dimension in scorings[0].Scores.Keys)
        {
            if (!_pools.TryGetValue(dimension, out var pool)) _pools.Add(dimension, pool = new WithinPrompts());
            pool.Add([.. same.Select(scoring => scoring.Scores.GetValueOrDefault(dimension)).OfType<ScoreOutcome.Scored>().Select(scored => scored.Thousandths)]);
        }
    }

    /// <summary>The standard deviation of each dimension's mean over the answers that were scored twice or more, in points; a dimension without any is left out.</summary>
    public ImmutableSortedDictionary<Dimension, double> Noise() => _pools
        .Where(pool => pool.Value.Prompts > 0)
        .ToImmutableSortedDictionary(pool => pool.Key, pool => Math.Sqrt(pool.Value.Variance / pool.Value.Prompts) / 1000);
}
