using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>A comparison and the verdict drawn from it.</summary>
public sealed record Judgement(Comparison Comparison, Verdict Verdict);

/// <summary>Reads the sealed scores of both sides and judges. A policy change judges again and generates nothing.</summary>
public sealed class VerdictJudge(IObjectStore store, SuiteShelf suites, ScorerExaminer examiner)
{
    /// <summary>Judges a settled submission against a settled baseline. Reading, parsing and mathematics run outside the caller's turn.</summary>
    public Task<Judgement> JudgeAsync(string project, RunSpec spec, RunStep baseline, RunStep step, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadAndJudgeAsync(project, spec, baseline, step, cancellationToken), cancellationToken);

    private async Task<Judgement> ReadAndJudgeAsync(string project, RunSpec spec, RunStep baseline, RunStep step, CancellationToken cancellationToken)
    {
        var suite = await suites.GetAsync(project, spec.SuiteHash, cancellationToken);
        var before = await ReadAsync(suite, baseline, cancellationToken);
        var after = await ReadAsync(suite, step, cancellationToken);
        var failure = step.Failure ?? (baseline.Failure is { } cause ? cause with { Reason = $"the baseline has no results: {cause.Reason}" } : null);
        var blind = step.Plan is { } plan ? await examiner.BlindAsync(plan.Settings.Scoring.Scorer, cancellationToken) : Dimensions.All;
        return Judge(suite.Suite, spec.Policy, before, after, blind, failure);
    }

    private static Judgement Judge(
        Suite suite,
        Policy policy,
        Dictionary<string, ScoredResponse> before,
        Dictionary<string, ScoredResponse> after,
        ImmutableArray<Dimension> blind,
        Failure? failure)
    {
        var comparison = Comparer.Compare(suite, before, after);
        var summary = Summaries.Of(suite.Prompts.Where(prompt => after.ContainsKey(prompt.Id)).Select(prompt => (prompt, after[prompt.Id])));
        return new Judgement(comparison, VerdictRules.Decide(comparison, summary, policy, blind, failure));
    }

    private async Task<Dictionary<string, ScoredResponse>> ReadAsync(OrderedSuite suite, RunStep step, CancellationToken cancellationToken)
    {
        var scores = new Dictionary<string, ScoredResponse>(StringComparer.Ordinal);
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return scores;
        for (var shard = 0; shard < plan.ShardCount; shard++)
        {
            var set = await store.GetRecordAsync<ScoreSet>(ObjectKeys.Scores(new ShardKey(checkpoint, shard)), cancellationToken);
            var responses = set?.Responses ?? Failed(suite.Slice(plan, shard), plan, step, shard);
            foreach (var response in responses) scores.Add(response.PromptId, response);
        }

        return scores;
    }

    private static ImmutableArray<ScoredResponse> Failed(ImmutableArray<SuitePrompt> prompts, CheckpointPlan plan, RunStep step, int shard)
    {
        var reason = step.FailedShards.TryGetValue(shard, out var failure) ? failure.Reason : step.Failure?.Reason ?? "not evaluated";
        var outcome = new ScoreOutcome.Failed(reason, Retryable: true);
        return [.. prompts.Select(prompt => new ScoredResponse(
            prompt.Id,
            plan.Settings.Scoring.Dimensions.Where(prompt.Dimensions.Contains).ToImmutableSortedDictionary(key => key, _ => (ScoreOutcome)outcome),
            Refused: null))];
    }
}
