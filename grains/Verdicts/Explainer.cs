using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>
/// Has the worst prompts of judged checkpoints explained, outside any grain's turn. The verdict stands before it begins and stays as it is. What is
/// explained is kept batch by batch and sealed once, so that a restart pays for one batch again at most.
/// </summary>
public sealed partial class Explainer(
    IObjectStore store,
    SuiteShelf suites,
    SideReader sides,
    IScorerCatalog scorers,
    TimeProvider time,
    ILogger<Explainer> logger) : IDisposable
{
    private const int Batch = 16;

    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, bool> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();

    /// <summary>Where the explanations of a judged step rest: a function of what was judged and of who explains it.</summary>
    public static string KeyOf(RunState run, RunStep step) => ObjectKeys.Explanations(step.Checkpoint!, CanonicalHash.Of(new Subject(
        run.Baseline!.Checkpoint!.Content, CanonicalHash.Of(step.Comparison), PolicyFile.Hash(run.Spec!.Policy), run.Spec.DeepWorst)));

    /// <summary>Begins, unless it is under way in this process, and tells the run once the explanations are sealed. Where it fails the run begins again later.</summary>
    public void Begin(RunKey key, RunState run, RunStep step, IRunGrain told)
    {
        var sealedKey = KeyOf(run, step);
        if (!_underWay.TryAdd(sealedKey, true)) return;
        _ = Task.Run(async () =>
        {
            try
            {
                await SealAsync(sealedKey, key.Project, run, step, _stopped.Token);
                await told.ExplainedAsync(step.Step!.Value, sealedKey);
            }
            catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
            {
                // The silo stops; the next one to take the run up goes on.
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(step.Step!.Value, key, exception);
            }
            finally
            {
                _underWay.TryRemove(sealedKey, out _);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private async Task SealAsync(string key, string project, RunState run, RunStep step, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(key, cancellationToken) is not null) return;
        var suite = await suites.GetAsync(project, run.Spec!.SuiteHash, cancellationToken);
        var ids = await SelectAsync(suite, run, step, cancellationToken);
        var attempt = await store.GetRecordAsync<ExplanationSet>(ObjectKeys.Attempt(key), cancellationToken);
        var known = attempt?.Prompts.ToDictionary(one => one.PromptId, StringComparer.Ordinal) ?? [];
        using var deadline = new CancellationTokenSource(Deadline, time);
        foreach (var batch in ids.Where(id => !known.ContainsKey(id)).Chunk(Batch))
        {
            foreach (var one in await ExplainAsync(suite, run, step, [.. batch], deadline.Token, cancellationToken)) known[one.PromptId] = one;
            await store.ReplaceRecordAsync(ObjectKeys.Attempt(key), Set(ids.Where(known.ContainsKey), known), cancellationToken);
        }

        await store.SealRecordAsync(key, Set(ids, known), cancellationToken);
        await store.RemoveAsync(ObjectKeys.Attempt(key), cancellationToken);
    }

    private async Task<ImmutableArray<string>> SelectAsync(OrderedSuite suite, RunState run, RunStep step, CancellationToken cancellationToken)
    {
        var before = await sides.ScoresAsync(suite, run.Baseline!, cancellationToken: cancellationToken);
        var after = await sides.ScoresAsync(suite, step, step.Verdict?.Stopped is { } stopped ? ShardPlan.ShardsFor(stopped.Read, step.Plan!.Settings.ShardSize) : null, cancellationToken);
        return DeepSelection.Of(suite.Suite, before.Responses, after.Responses, run.Spec!.Policy, run.Spec.DeepWorst);
    }

    private async Task<ImmutableArray<PromptExplanation>> ExplainAsync(
        OrderedSuite suite, RunState run, RunStep step, ImmutableArray<string> ids, CancellationToken deadline, CancellationToken cancellationToken)
    {
        var scoring = step.Plan!.Settings.Scoring;
        if (scorers.Find(scoring.Scorer.Name) is not { } scorer || scorer.Identity != scoring.Scorer)
        {
            var absent = new AnswerExplanation(null, ImmutableSortedDictionary<Dimension, Explanation>.Empty, $"this silo has no scorer {scoring.Scorer} any more");
            return [.. ids.Select(id => new PromptExplanation(id, absent, absent))];
        }

        var before = await sides.AnswersAsync(suite, run.Baseline!, ids, cancellationToken);
        var after = await sides.AnswersAsync(suite, step, ids, cancellationToken);
        var byId = suite.Suite.Prompts.Where(prompt => ids.Contains(prompt.Id)).ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        return await DeepScoring.ExplainAsync(scorer, [.. ids.Select(id => byId[id])], before, after, scoring, deadline, cancellationToken);
    }

    private static ExplanationSet Set(IEnumerable<string> ids, Dictionary<string, PromptExplanation> known) =>
        new(ExplanationSet.CurrentVersion, [.. ids.Select(id => known[id])]);

    [LoggerMessage(LogLevel.Warning, "The worst prompts of step {Step} of run {Run} are not explained yet; it is tried again")]
    private partial void LogFailed(int step, RunKey run, Exception exception);

    private sealed record Subject(string Baseline, string Comparison, string Policy, int Worst);
}
