using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Compares a checkpoint with its baseline, prompt by prompt, on all ten measures.</summary>
public static class Comparer
{
    /// <summary>
    /// Compares. A measure's prompts are those that the suite declares for it, whatever became of them; a prompt without an entry is missing, and so
    /// is one that another scorer scored on each side. Prompts beyond the prefix that is known are not missing but unread.
    /// </summary>
    /// <param name="suite">The suite that both were asked.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    /// <param name="facts">What is known beside them; null for nothing.</param>
    public static Comparison Compare(
        Suite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts? facts = null) => Compare(OrderedSuite.Of(suite), baseline, checkpoint, facts);

    /// <summary>The same, of a suite whose prompts are in order already.</summary>
    public static Comparison Compare(
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts? facts = null)
    {
        facts ??= ComparisonFacts.None;
        var prefix = PrefixUnits.Of(suite, baseline, checkpoint, facts);
        var known = suite.Order[..prefix.Read];
        return new Comparison(
            Comparison.CurrentVersion,
            suite.Suite.Hash,
            suite.Order.Length,
            [.. Measures.All.Select(measure => MeasureComparer.Compare(measure, suite, baseline, checkpoint, facts) with
            {
                Interval = ConfidenceSequence.Of(prefix, measure, facts),
            })])
        {
            Noise = facts.Noise,
            NoiseUnknown = facts.NoiseUnknown,
            Drift = ScorerDrift.Of(facts),
            DriftUnknown = ScorerDrift.Unknown(facts),
            SentinelsFailed = ScorerDrift.Failed(facts),
            BaselineOverall = OverallScore.Mean(Of(known, baseline), facts.Policy.Weights),
            CheckpointOverall = OverallScore.Mean(Of(known, checkpoint), facts.Policy.Weights),
            Sequential = SequentialTest.Read(prefix, facts),
            Repeatable = facts.Repeatable,
            Confirmations = facts.Confirmations,
            Tasks = facts.Tasks,
            Overlap = facts.Overlap,
            Mismatches = facts.Mismatches,
        };
    }

    private static IEnumerable<ScoredResponse> Of(ImmutableArray<SuitePrompt> prompts, IReadOnlyDictionary<string, ScoredResponse> side) =>
        prompts.Select(prompt => side.GetValueOrDefault(prompt.Id)).OfType<ScoredResponse>();
}
