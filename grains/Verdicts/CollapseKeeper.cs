using System.Collections.Concurrent;
using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>
/// Has critical prompts that seem to have collapsed scored afresh, outside any grain's turn, each once: what was found is sealed, so that the verdict is the
/// same whoever judges again, and a longer prefix gives no collapse a second chance.
/// </summary>
public sealed class CollapseKeeper(IObjectStore store, IScorerCatalog scorers, SideReader sides, TimeProvider time)
{
    private const int LongestReason = 300;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Task<CollapseConfirmation>> _begun = new(StringComparer.Ordinal);

    /// <summary>What fresh scorings said. Where some are still to be made that begins here, and the caller is told when it is over.</summary>
    /// <param name="suite">What was asked.</param>
    /// <param name="reference">The baseline or the anchor.</param>
    /// <param name="step">The checkpoint.</param>
    /// <param name="open">What is to be confirmed.</param>
    /// <param name="over">Called later where this gave null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ImmutableArray<CollapseConfirmation>?> ConfirmAsync(
        OrderedSuite suite, RunStep reference, RunStep step, ImmutableArray<CriticalCollapse> open, Func<Task> over, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(open.Select(one => ConfirmAsync(new Subject(suite, reference, step, one), over, cancellationToken)));
        return found.Contains(null) ? null : [.. found.Select(one => one!)];
    }

    private async Task<CollapseConfirmation?> ConfirmAsync(Subject subject, Func<Task> over, CancellationToken cancellationToken)
    {
        if (await store.GetRecordAsync<SealedConfirmation>(subject.Key, cancellationToken) is { } known)
        {
            _begun.TryRemove(subject.Key, out _);
            return known.Confirmation;
        }

        var mine = new TaskCompletionSource<CollapseConfirmation>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = _begun.GetOrAdd(subject.Key, mine.Task);
        if (begun == mine.Task)
        {
            _ = Task.Run(
                async () =>
                {
                    mine.SetResult(await ScoreAsync(subject));
                    await over();
                },
                CancellationToken.None);
        }

        // What nobody could decide is not sealed: the judgement after the next tries again.
        return begun.IsCompleted && _begun.TryRemove(KeyValuePair.Create(subject.Key, begun)) ? await begun : null;
    }

    private async Task<CollapseConfirmation> ScoreAsync(Subject subject)
    {
        try
        {
            var scoring = subject.Step.Plan!.Settings.Scoring;
            if (scorers.Find(scoring.Scorer.Name) is not { } scorer) return Unknown(subject, $"this silo has no scorer {scoring.Scorer}");
            ImmutableArray<string> ids = [subject.Collapse.PromptId];
            var (before, after) = (await sides.AnswersAsync(subject.Suite, subject.Reference, ids), await sides.AnswersAsync(subject.Suite, subject.Step, ids));
            var found = (await new CollapseConfirmer(scorer, time).ConfirmAsync([subject.Collapse], subject.Suite.Suite.Prompts, before, after, scoring, Deadline)).Single();
            if (found.Unknown is null) await store.SealRecordAsync(subject.Key, new SealedConfirmation(SealedConfirmation.CurrentVersion, found));
            return found;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Unknown(subject, exception.Message);
        }
    }

    private static CollapseConfirmation Unknown(Subject subject, string reason) =>
        new(subject.Collapse.PromptId, subject.Collapse.Dimension, [], []) { Unknown = SafeText.Line(reason, LongestReason) };

    private sealed record Subject(OrderedSuite Suite, RunStep Reference, RunStep Step, CriticalCollapse Collapse)
    {
        public string Key { get; } = ObjectKeys.Collapse(Step.Checkpoint!, CanonicalHash.Of(new Identity(Reference.Checkpoint!.Content, Collapse)));
    }

    private sealed record Identity(string Reference, CriticalCollapse Collapse);
}
