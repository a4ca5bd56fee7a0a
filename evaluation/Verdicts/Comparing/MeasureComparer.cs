using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Compares one measure over the prompts that the suite declares for it.</summary>
internal static class MeasureComparer
{
    private const int WorstShown = 10;
    private const double Thousand = 1000;

    /// <summary>Compares.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="suite">The suite in its pre-committed order.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    /// <param name="facts">How many of its prompts are known on both sides, and what is tolerated.</param>
    public static MeasureComparison Compare(
        Measure measure,
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts facts)
    {
        var declared = suite.Order.Where(prompt => prompt.Declares(measure)).ToList();
        var pairs = suite.Order.Take(facts.Resolved ?? suite.Order.Length).Where(prompt => prompt.Declares(measure))
            .Select(prompt => ScorePair.Of(measure, prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id)))
            .ToImmutableArray();
        var both = pairs.Where(pair => pair.IsComplete).ToList();
        var spread = PairedSpread.Of(both);
        var (unread, scale) = (declared.Count - pairs.Length, MeasureScale.Of(measure));
        return new MeasureComparison(
            measure,
            declared.Count,
            both.Count,
            Mean(pairs.Select(pair => pair.Baseline)),
            Mean(pairs.Select(pair => pair.Checkpoint)),
            both.Count == 0 ? null : both.Sum(pair => (long)pair.Drop) / Thousand / both.Count,
            spread.StandardError,
            pairs.Sum(pair => (long)pair.HighestDrop) + (long)unread * scale.Highest,
            pairs.Sum(pair => (long)pair.LowestDrop) + (long)unread * scale.Lowest,
            Missing(pairs))
        {
            Read = pairs.Length,
            Unpaired = [.. pairs.Where(pair => !pair.IsComplete).Select(pair => pair.Id).Order(StringComparer.Ordinal).Take(WorstShown)],
            Worst = [.. both.Where(pair => pair.Drop > 0)
                .OrderByDescending(pair => pair.Drop).ThenBy(pair => pair.Id, StringComparer.Ordinal)
                .Take(WorstShown).Select(pair => pair.ToDrop())],
            Collapsed = [.. both.Where(pair => pair is { IsCritical: true, Collapsed: true }).OrderBy(pair => pair.Id, StringComparer.Ordinal).Select(pair => pair.ToDrop())],
            Lost = both.Count(pair => pair.Baseline > pair.Checkpoint),
            Regained = both.Count(pair => pair.Baseline < pair.Checkpoint),
            ClusteredError = spread.ClusteredError,
            EffectSize = spread.EffectSize,
            Collapses = ScoreBands.Collapses(measure, both),
            Flips = ScoreBands.Flips(measure, both),
            Distributions = DistributionComparer.Compare(both, suite.Suite.Header.Seed, measure),
            Categories = CategoryDrops.Of(measure, pairs, declared, facts),
        };
    }

    private static double? Mean(IEnumerable<int?> scores)
    {
        var (sum, count) = (0L, 0);
        foreach (var score in scores)
        {
            if (score is not { } known) continue;
            sum += known;
            count++;
        }

        return count == 0 ? null : sum / Thousand / count;
    }

    private static MissingScores Missing(ImmutableArray<ScorePair> pairs) => new(
        pairs.Count(pair => pair is { Baseline: null, Checkpoint: not null }),
        pairs.Count(pair => pair is { Baseline: not null, Checkpoint: null }),
        pairs.Count(pair => pair is { Baseline: null, Checkpoint: null }),
        pairs.Count(pair => pair.Failed && !pair.IsComplete))
    {
        OtherScorer = pairs.Count(pair => pair.OtherScorer),
    };
}
