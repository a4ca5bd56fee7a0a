using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>A comparison and the verdict drawn from it.</summary>
public sealed record Judgement(Comparison Comparison, Verdict Verdict);

/// <summary>A look at a checkpoint that is not complete.</summary>
/// <param name="Read">Prompts of the order that are known.</param>
/// <param name="Looked">Prompts of the order that the last look was at that came to an end.</param>
/// <param name="Judgement">The judgement that stops it; null where it goes on.</param>
public sealed record Look(int Read, int Looked, Judgement? Judgement);

/// <summary>
/// Reads the sealed scores of all sides and judges. A policy change judges again and generates nothing. Reading, parsing and mathematics run outside the
/// caller's turn.
/// </summary>
public sealed class VerdictJudge(SuiteShelf suites, SideReader sides, ScorerExaminer examiner, NoiseReader noise, CollapseKeeper collapses)
{
    /// <summary>Judges a settled submission against what it is compared with.</summary>
    /// <param name="key">The run.</param>
    /// <param name="run">Its state.</param>
    /// <param name="step">The submission.</param>
    /// <param name="over">Called later where this gave null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null where critical prompts that seem to have collapsed are being scored afresh.</returns>
    public Task<Judgement?> JudgeAsync(RunKey key, RunState run, RunStep step, Func<Task> over, CancellationToken cancellationToken = default) =>
        Task.Run(() => JudgeAsync(key, run, step, shards: null, over, cancellationToken), cancellationToken);

    /// <summary>Looks at the prefix that is known of a submission, where that has grown and a look is due.</summary>
    public Task<Look> LookAsync(RunKey key, RunState run, RunStep step, Func<Task> over, CancellationToken cancellationToken = default) => Task.Run(
        async () =>
        {
            var size = step.Plan!.Settings.ShardSize;
            var shards = await sides.PrefixAsync(step, step.Read / size, cancellationToken);
            var read = Math.Max(step.Read, Math.Min(shards * size, step.Plan.PromptCount));
            if (!EarlyStopping.IsDue(step.Looked, read)) return new Look(read, step.Looked, null);
            // A look that waits for fresh scorings is not over: it is due again as soon as they are there.
            if (await JudgeAsync(key, run, step, shards, over, cancellationToken) is not { } judged) return new Look(read, step.Looked, null);
            return new Look(read, read, EarlyStopping.Decides(judged.Comparison, judged.Verdict, run.Spec!.Policy) ? judged : null);
        },
        cancellationToken);

    private async Task<Judgement?> JudgeAsync(RunKey key, RunState run, RunStep step, int? shards, Func<Task> over, CancellationToken cancellationToken)
    {
        var (spec, baseline) = (run.Spec!, run.Baseline!);
        var suite = await suites.GetAsync(key.Project, spec.SuiteHash, cancellationToken);
        var failure = step.Failure ?? Missing("baseline", baseline) ?? (run.Anchor is { } root ? Missing("anchor", root) : null);
        var blind = step.Plan is { } plan ? await examiner.BlindAsync(plan.Settings.Scoring.Scorer, cancellationToken) : Dimensions.All;
        var before = await sides.ScoresAsync(suite, baseline, cancellationToken: cancellationToken);
        var facts = (failure is null ? await noise.ReadAsync(suite, run, before, cancellationToken) : ComparisonFacts.None) with
        {
            Policy = spec.Policy,
            Blind = [.. blind],
            Alpha = step.Index is { } index ? AlphaShares.Of(spec.Policy.Alpha, spec.Policy.ExpectedCheckpoints, index) : null,
            References = run.Anchor is null ? 1 : 2,
            Resolved = shards is { } known ? Math.Min(known * step.Plan!.Settings.ShardSize, suite.Order.Length) : null,
            Repeatable = !run.CanWaver,
            Tasks = TaskChanges.Of(spec.BaselineTasks, step.TaskMetrics),
            Overlap = spec.Overlap,
        };
        var after = await sides.ScoresAsync(suite, step, shards, cancellationToken);
        if (await CompareAsync(suite, run, baseline, step, before, after, facts, over, cancellationToken) is not { } comparison) return null;
        if (run.Anchor is { } anchor)
        {
            var first = await sides.ScoresAsync(suite, anchor, cancellationToken: cancellationToken);
            var against = facts with { Tasks = [], Noise = ComparisonFacts.None.Noise, NoiseUnknown = null };
            if (await CompareAsync(suite, run, anchor, step, first, after, against, over, cancellationToken) is not { } beside) return null;
            comparison = comparison with { Anchor = beside };
        }

        var summary = Summaries.Of(
            suite.Suite.Prompts.Where(prompt => after.Responses.ContainsKey(prompt.Id)).Select(prompt => (prompt, after.Responses[prompt.Id])));
        return new Judgement(comparison, VerdictRules.Decide(comparison, summary, spec.Policy, blind, failure));
    }

    private async Task<Comparison?> CompareAsync(
        OrderedSuite suite, RunState run, RunStep reference, RunStep step, SideScores before, SideScores after, ComparisonFacts facts, Func<Task> over, CancellationToken cancellationToken)
    {
        var comparison = Comparer.Compare(suite, before.Responses, after.Responses, facts with
        {
            BaselineSentinels = before.Sentinels,
            CheckpointSentinels = after.Sentinels,
        });
        var open = CriticalCollapses.ToConfirm(comparison, run.Spec!.Policy, facts.Blind);
        if (open.IsEmpty) return comparison;
        return await collapses.ConfirmAsync(suite, reference, step, open, over, cancellationToken) is { } confirmed
            ? comparison with { Confirmations = confirmed }
            : null;
    }

    private static Failure? Missing(string name, RunStep reference) =>
        reference.Failure is { } cause ? cause with { Reason = $"the {name} has no results: {cause.Reason}" } : null;
}
