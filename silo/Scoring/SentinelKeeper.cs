using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>
/// Knows how the scorers of this silo stand. A scorer that asks a service is read again once its last reading is old; one that does not is read once.
/// Whoever asks meanwhile shares the reading. How a version of a scorer stood when it was first seen is sealed for the whole cluster.
/// </summary>
internal sealed partial class SentinelKeeper(IObjectStore store, SiloSettings settings, TimeProvider time, ILogger<SentinelKeeper> logger)
{
    // A key that allows ten calls a minute needs more than three.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<ScorerIdentity, Task<Reading>> _readings = [];

    /// <summary>How a scorer stands; null where that cannot be told.</summary>
    public async Task<SentinelReading?> ReadAsync(IRailScorer scorer, CancellationToken cancellationToken)
    {
        Task<Reading>? reading;
        lock (_lock)
        {
            if (!_readings.TryGetValue(scorer.Identity, out reading) || IsOld(reading, scorer))
                _readings[scorer.Identity] = reading = Task.Run(() => TakeAsync(scorer), CancellationToken.None);
        }

        return (await reading.WaitAsync(cancellationToken)).Found;
    }

    private bool IsOld(Task<Reading> reading, IRailScorer scorer) =>
        reading is { IsCompletedSuccessfully: true, Result: var last }
        && (scorer.Traits.IsRemote || last.Found is not { Failed: 0 })
        && time.GetUtcNow() >= last.At + settings.SentinelsEvery;

    // It belongs to nobody's lease: it goes on when the one who asked first gives up.
    private async Task<Reading> TakeAsync(IRailScorer scorer)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        try
        {
            var now = await SentinelReader.ScoreAsync(scorer, Math.Min(scorer.Traits.InFlight, settings.ScoringParallelism), deadline.Token)
                .WaitAsync(Deadline, time, CancellationToken.None);
            var found = SentinelReader.Compare(now, await SentinelReader.ReferenceAsync(store, now, deadline.Token));
            if (found.Failed > 0) LogFailed(scorer.Identity.ToString(), found.Failed);
            return new Reading(found, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LogUnread(scorer.Identity.ToString(), exception.Message);
            return new Reading(null, time.GetUtcNow());
        }
    }

    private sealed record Reading(SentinelReading? Found, DateTimeOffset At);

    [LoggerMessage(LogLevel.Warning, "Scorer {Scorer} failed on {Failed} golden answers")]
    private partial void LogFailed(string scorer, int failed);

    [LoggerMessage(LogLevel.Warning, "How scorer {Scorer} stands cannot be told: {Reason}")]
    private partial void LogUnread(string scorer, string reason);
}
