using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>A comparison and the verdict drawn from it.</summary>
public sealed record Judgement(Comparison Comparison, Verdict Verdict);

/// <summary>Reads the sealed scores of both sides and judges. A policy change judges again and generates nothing.</summary>
public sealed class VerdictJudge(SuiteShelf suites, SideReader sides, ScorerExaminer examiner)
{
    /// <summary>Judges a settled submission against a settled baseline. Reading, parsing and mathematics run outside the caller's turn.</summary>
    public Task<Judgement> JudgeAsync(string project, RunState run, RunStep step, CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadAndJudgeAsync(project, run, step, cancellationToken), cancellationToken);

    private async Task<Judgement> ReadAndJudgeAsync(string project, RunState run, RunStep step, CancellationToken cancellationToken)
    {
        var (spec, baseline) = (run.Spec!, run.Baseline!);
        var suite = await suites.GetAsync(project, spec.SuiteHash, cancellationToken);
        var before = await sides.ScoresAsync(suite, baseline, cancellationToken);
        var after = await sides.ScoresAsync(suite, step, cancellationToken);
        var failure = step.Failure ?? (baseline.Failure is { } cause ? cause with { Reason = $"the baseline has no results: {cause.Reason}" } : null);
        var blind = step.Plan is { } plan ? await examiner.BlindAsync(plan.Settings.Scoring.Scorer, cancellationToken) : Dimensions.All;
        var facts = failure is null ? await NoiseAsync(suite, run, before, cancellationToken) : ComparisonFacts.None;
        var comparison = Comparer.Compare(suite.Suite, before.Responses, after.Responses, facts with
        {
            Policy = spec.Policy,
            BaselineSentinels = before.Sentinels,
            CheckpointSentinels = after.Sentinels,
        });
        var summary = Summaries.Of(
            suite.Suite.Prompts.Where(prompt => after.Responses.ContainsKey(prompt.Id)).Select(prompt => (prompt, after.Responses[prompt.Id])));
        return new Judgement(comparison, VerdictRules.Decide(comparison, summary, spec.Policy, blind, failure));
    }

    private async Task<ComparisonFacts> NoiseAsync(OrderedSuite suite, RunState run, SideScores before, CancellationToken cancellationToken)
    {
        if (run.Spec!.Repeats <= 1) return ComparisonFacts.None;
        // Nothing to repeat: the same answers and the same scores would come again.
        if (run.Repetitions.IsEmpty) return ComparisonFacts.None with { Noise = NoiseFloor.None(suite.Suite) };
        if (run.Repetitions.Values.FirstOrDefault(one => one.HasFailed) is { } failed)
            return ComparisonFacts.None with { NoiseUnknown = $"repetition {failed.Repetition} of the baseline failed: {Reason(failed)}" };
        var evaluations = new List<IReadOnlyDictionary<string, ScoredResponse>> { before.Responses };
        foreach (var repetition in run.Repetitions.Values)
            evaluations.Add((await sides.ScoresAsync(suite, repetition, cancellationToken)).Responses);
        var noise = NoiseFloor.Of(suite.Suite, evaluations);
        return noise.IsEmpty
            ? ComparisonFacts.None with { NoiseUnknown = "too few prompts of the baseline were scored twice" }
            : ComparisonFacts.None with { Noise = noise };
    }

    private static string Reason(RunStep failed) => (failed.Failure ?? failed.FailedShards.Values.First()).Reason;
}
