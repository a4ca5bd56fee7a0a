using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Compares a checkpoint with its baseline, prompt by prompt, on all ten measures.</summary>
public static class Comparer
{
    private const int WorstShown = 10;
    private const double Thousand = 1000;

    /// <summary>
    /// Compares. A measure's prompts are those that the suite declares for it, whatever became of them; a prompt without an entry is missing, and so
    /// is one that another scorer scored on each side.
    /// </summary>
    /// <param name="suite">The suite that both were asked.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    /// <param name="facts">What is known beside them; null for nothing.</param>
    public static Comparison Compare(
        Suite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts? facts = null)
    {
        facts ??= ComparisonFacts.None;
        var prefix = PrefixUnits.Of(OrderedSuite.Of(suite), baseline, checkpoint, facts);
        return new Comparison(
            Comparison.CurrentVersion,
            suite.Hash,
            suite.Prompts.Length,
            [.. Measures.All.Select(measure => Compare(measure, [.. suite.Prompts
                .Where(prompt => prompt.Declares(measure))
                .Select(prompt => ScorePair.Of(measure, prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id)))]) with
            {
                Interval = ConfidenceSequence.Of(prefix, measure, facts),
            })])
        {
            Noise = facts.Noise,
            NoiseUnknown = facts.NoiseUnknown,
            Drift = ScorerDrift.Of(facts),
            DriftUnknown = ScorerDrift.Unknown(facts),
            SentinelsFailed = ScorerDrift.Failed(facts),
            Sequential = SequentialTest.Read(prefix, facts),
            Repeatable = facts.Repeatable,
            Confirmations = facts.Confirmations,
            Tasks = facts.Tasks,
            Overlap = facts.Overlap,
            Mismatches = facts.Mismatches,
            BaselineOverall = OverallScore.Mean(Of(suite, baseline), facts.Policy.Weights),
            CheckpointOverall = OverallScore.Mean(Of(suite, checkpoint), facts.Policy.Weights),
        };
    }

    private static IEnumerable<ScoredResponse> Of(Suite suite, IReadOnlyDictionary<string, ScoredResponse> side) =>
        suite.Prompts.Select(prompt => side.GetValueOrDefault(prompt.Id)).OfType<ScoredResponse>();

    private static MeasureComparison Compare(Measure measure, ImmutableArray<ScorePair> pairs)
    {
        var both = pairs.Where(pair => pair.IsComplete).ToList();
        var drops = both.ConvertAll(pair => (long)pair.Drop);
        return new MeasureComparison(
            measure,
            pairs.Length,
            both.Count,
            Mean(pairs.Select(pair => pair.Baseline)),
            Mean(pairs.Select(pair => pair.Checkpoint)),
            both.Count == 0 ? null : drops.Sum() / Thousand / both.Count,
            StandardError(drops),
            pairs.Sum(pair => (long)pair.HighestDrop),
            pairs.Sum(pair => (long)pair.LowestDrop),
            Missing(pairs))
        {
            Worst = [.. both.Where(pair => pair.Drop > 0)
                .OrderByDescending(pair => pair.Drop).ThenBy(pair => pair.Id, StringComparer.Ordinal)
                .Take(WorstShown).Select(pair => pair.ToDrop())],
            Collapsed = [.. both.Where(pair => pair.Collapsed).OrderBy(pair => pair.Id, StringComparer.Ordinal).Select(pair => pair.ToDrop())],
            Lost = both.Count(pair => pair.Baseline > pair.Checkpoint),
            Regained = both.Count(pair => pair.Baseline < pair.Checkpoint),
        };
    }

    private static double? Mean(IEnumerable<int?> scores)
    {
        var known = scores.OfType<int>().ToList();
        return known.Count == 0 ? null : known.Sum(score => (long)score) / Thousand / known.Count;
    }

    private static double? StandardError(List<long> drops)
    {
        var n = drops.Count;
        if (n < 2) return null;
        var sum = drops.Sum();
        var spread = (Int128)n * drops.Sum(drop => drop * drop) - (Int128)sum * sum;
        return Math.Sqrt((double)spread / n / (n - 1) / n) / Thousand;
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
