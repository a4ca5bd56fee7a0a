using System.Collections.Concurrent;
using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>
/// Has critical prompts that seem to have collapsed scored afresh, outside any grain's turn, once: what was found is sealed, so that the verdict is the same
/// whoever judges again.
/// </summary>
public sealed class CollapseKeeper(IObjectStore store, IScorerCatalog scorers, SideReader sides, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Task<CollapseConfirmationSet>> _begun = new(StringComparer.Ordinal);

    /// <summary>What fresh scorings said. Where they are still to be made that begins here, and the caller is told when it is over.</summary>
    /// <param name="suite">What was asked.</param>
    /// <param name="reference">The baseline or the anchor.</param>
    /// <param name="step">The checkpoint.</param>
    /// <param name="open">What is to be confirmed.</param>
    /// <param name="over">Called later where this gave null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ImmutableArray<CollapseConfirmation>?> ConfirmAsync(
        OrderedSuite suite, RunStep reference, RunStep step, ImmutableArray<CriticalCollapse> open, Func<Task> over, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Collapses(step.Checkpoint!, CanonicalHash.Of(new Subject(reference.Checkpoint!.Content, open)));
        if (await store.GetRecordAsync<CollapseConfirmationSet>(key, cancellationToken) is { } known)
        {
            _begun.TryRemove(key, out _);
            return known.Confirmations;
        }

        var mine = new TaskCompletionSource<CollapseConfirmationSet>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = _begun.GetOrAdd(key, mine.Task);
        if (begun == mine.Task)
        {
            _ = Task.Run(
                async () =>
                {
                    mine.SetResult(await FindAsync(key, suite, reference, step, open));
                    await over();
                },
                CancellationToken.None);
        }

        // What nobody could decide is not sealed: the judgement after the next tries again.
        return begun.IsCompleted && _begun.TryRemove(KeyValuePair.Create(key, begun)) ? (await begun).Confirmations : null;
    }

    private async Task<CollapseConfirmationSet> FindAsync(
        string key, OrderedSuite suite, RunStep reference, RunStep step, ImmutableArray<CriticalCollapse> open)
    {
        try
        {
            var found = new CollapseConfirmationSet(CollapseConfirmationSet.CurrentVersion, await ConfirmAsync(suite, reference, step, open));
            if (found.Confirmations.All(one => one.Unknown is null)) await store.SealRecordAsync(key, found);
            return found;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unknown(open, exception.Message);
        }
    }

    private async Task<ImmutableArray<CollapseConfirmation>> ConfirmAsync(OrderedSuite suite, RunStep reference, RunStep step, ImmutableArray<CriticalCollapse> open)
    {
        var scoring = step.Plan!.Settings.Scoring;
        if (scorers.Find(scoring.Scorer.Name) is not { } scorer) return Unknown(open, $"this silo has no scorer {scoring.Scorer}").Confirmations;
        ImmutableArray<string> ids = [.. open.Select(one => one.PromptId).Distinct(StringComparer.Ordinal)];
        return await new CollapseConfirmer(scorer, time).ConfirmAsync(
            open, suite.Suite.Prompts, await sides.AnswersAsync(suite, reference, ids), await sides.AnswersAsync(suite, step, ids), scoring, Deadline);
    }

    private static CollapseConfirmationSet Unknown(ImmutableArray<CriticalCollapse> open, string reason) => new(
        CollapseConfirmationSet.CurrentVersion,
        [.. open.Select(one => new CollapseConfirmation(one.PromptId, one.Dimension, [], []) { Unknown = SafeText.Line(reason, 300) })]);

    private sealed record Subject(string Reference, ImmutableArray<CriticalCollapse> Collapses);
}
