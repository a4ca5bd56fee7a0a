using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Picks the prompts that are worth an explanation: deep scoring costs three times as much.</summary>
public static class DeepSelection
{
    /// <summary>The most prompts that are picked for having lost too much.</summary>
    public const int Limit = 200;

    /// <summary>
    /// The prompts that lost most, and all that lost more than is tolerated on a gated measure; worst first, ties by id. A number no smaller than the
    /// suite picks all of it, whatever was lost.
    /// </summary>
    /// <param name="suite">What both were asked.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    /// <param name="policy">What is tolerated.</param>
    /// <param name="worst">How many of the worst; 0 picks nothing at all.</param>
    /// <param name="limit">The most prompts; more only where more of the worst are asked for.</param>
    public static ImmutableArray<string> Of(
        Suite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        Policy policy,
        int worst,
        int limit = Limit)
    {
        if (worst <= 0) return [];
        var ranked = suite.Prompts
            .Select(prompt => Loss.Of(prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id), policy))
            .OrderByDescending(loss => loss.Share).ThenBy(loss => loss.Id, StringComparer.Ordinal)
            .ToList();
        var isAll = worst >= ranked.Count;
        return
        [
            .. ranked.Where((loss, rank) => isAll || (rank < worst && loss.Share > 0) || loss.IsBeyond)
                .Take(Math.Max(worst, limit))
                .Select(loss => loss.Id),
        ];
    }

    /// <summary>What one prompt lost: the largest share of a measure's scale, and whether any gated measure lost more than its tolerance.</summary>
    private sealed record Loss(string Id, double Share, bool IsBeyond)
    {
        public static Loss Of(SuitePrompt prompt, ScoredResponse? baseline, ScoredResponse? checkpoint, Policy policy)
        {
            var (share, beyond) = (0.0, false);
            foreach (var measure in Measures.All.Where(prompt.Declares))
            {
                var pair = ScorePair.Of(measure, prompt, baseline, checkpoint);
                if (!pair.IsComplete || pair.Drop <= 0) continue;
                share = Math.Max(share, (double)pair.Drop / pair.Top);
                // Of a rate one prompt loses all or nothing; of a dimension a prompt may lose what the mean may.
                beyond |= policy.Gated.Contains(measure) && (measure.AsDimension() is null || pair.Drop > (decimal)policy.Tolerance(measure) * 1000);
            }

            return new Loss(prompt.Id, share, beyond);
        }
    }
}
