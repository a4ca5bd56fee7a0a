using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Has the worst prompts of two evaluations explained in deep mode, for a report on them; scores and verdict stay as they are.</summary>
public static class EvaluationExplanations
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    /// <summary>Explains what <see cref="DeepSelection"/> picks; <see cref="VerdictReport.Explained"/> takes the result. What fails is named, never thrown.</summary>
    /// <param name="scorer">Who explains.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="checkpoint">The checkpoint, of the same suite.</param>
    /// <param name="policy">What is tolerated.</param>
    /// <param name="worst">How many of the worst prompts; a number no smaller than the suite for all of it.</param>
    /// <param name="time">Its clock: after an hour what is left is named as not explained.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ImmutableArray<PromptExplanation>> ExplainAsync(
        IRailScorer scorer,
        StoredEvaluation baseline,
        StoredEvaluation checkpoint,
        Policy policy,
        int worst,
        TimeProvider time,
        CancellationToken cancellationToken = default)
    {
        var suite = checkpoint.Suite;
        var picked = DeepSelection.Of(suite, baseline.Scores(), checkpoint.Scores(), policy, worst);
        var byId = suite.Prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        using var deadline = new CancellationTokenSource(Deadline, time);
        return await DeepScoring.ExplainAsync(
            scorer,
            [.. picked.Select(id => byId[id])],
            baseline.Responses(picked),
            checkpoint.Responses(picked),
            checkpoint.Manifest.Scoring,
            deadline.Token,
            cancellationToken);
    }
}
