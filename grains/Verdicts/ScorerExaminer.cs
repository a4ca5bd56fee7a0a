using System.Collections.Concurrent;
using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>
/// Knows what a scorer is blind to. Every version of a scorer is examined once, on the positive controls, and the finding is sealed: for a scorer that
/// asks a service that is 320 calls, which may take long and are paid for.
/// </summary>
public sealed class ScorerExaminer(IObjectStore store, IScorerCatalog scorers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Task<ScorerExamination>> _begun = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether <see cref="BlindAsync"/> answers at once. Where a service is to be asked first that begins here, and the caller is told when it is over:
    /// nobody's turn lasts as long as an examination.
    /// </summary>
    /// <param name="identity">Who is examined.</param>
    /// <param name="over">Called where this gave false.</param>
    public async Task<bool> IsReadyAsync(ScorerIdentity identity, Func<Task> over)
    {
        if (Here(identity) is not { Traits.IsRemote: true } scorer) return true;
        var key = KeyOf(identity);
        if (await store.GetRecordAsync<ScorerExamination>(key) is not null) return true;
        var examination = Begin(key, scorer);
        if (examination.IsCompleted) return true;
        _ = examination.ContinueWith(_ => over(), TaskScheduler.Default);
        return false;
    }

    /// <summary>The dimensions that a scorer cannot judge; all eight where it cannot be examined.</summary>
    public async Task<ImmutableArray<Dimension>> BlindAsync(ScorerIdentity identity, CancellationToken cancellationToken = default)
    {
        var key = KeyOf(identity);
        if (await store.GetRecordAsync<ScorerExamination>(key, cancellationToken) is { } known) return known.Blind;
        if (Here(identity) is not { } scorer) return Dimensions.All;
        var examination = Begin(key, scorer);
        try
        {
            return (await examination.WaitAsync(cancellationToken)).Blind;
        }
        finally
        {
            // What is sealed is read from now on; what failed is examined again the next time.
            if (examination.IsCompleted) _begun.TryRemove(KeyValuePair.Create(key, examination));
        }
    }

    private static string KeyOf(ScorerIdentity identity) => ObjectKeys.Examination(identity, PositiveControls.Hash);

    private IRailScorer? Here(ScorerIdentity identity) => scorers.Find(identity.Name) is { } scorer && scorer.Identity == identity ? scorer : null;

    // Whoever asks meanwhile waits for the same examination.
    private Task<ScorerExamination> Begin(string key, IRailScorer scorer)
    {
        var mine = new TaskCompletionSource<ScorerExamination>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = _begun.GetOrAdd(key, mine.Task);
        if (begun == mine.Task) _ = Task.Run(() => ExamineAsync(key, scorer, mine));
        return begun;
    }

    private async Task ExamineAsync(string key, IRailScorer scorer, TaskCompletionSource<ScorerExamination> result)
    {
        try
        {
            using var deadline = new CancellationTokenSource(Deadline);
            var found = await PositiveControls.ExamineAsync(scorer, deadline.Token).WaitAsync(Deadline);
            if (found.Complete) await store.SealRecordAsync(key, found);
            result.SetResult(found);
        }
        catch (Exception exception)
        {
            result.SetException(exception);
        }
    }
}
