using System.Collections.Concurrent;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>Keeps an account that caps credits as they are reserved, follows Retry-After, and lets everything else pass at once.</summary>
internal sealed class TestQuota : IScorerQuota
{
    private readonly Lock _lock = new();
    private double _reserved;
    private DateTimeOffset _until;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public ConcurrentQueue<(string Quota, QuotaAsk Ask)> Asks { get; } = new();

    /// <summary>Thrown in place of a grant; null for none.</summary>
    public Exception? Broken { get; set; }

    public Task<QuotaGrant> TakeAsync(string quota, QuotaAsk ask, CancellationToken cancellationToken = default)
    {
        Asks.Enqueue((quota, ask));
        if (Broken is not null)
            return Task.FromException<QuotaGrant>(Broken);
        lock (_lock)
        {
            _reserved -= ask.Report.UnusedCredits;
            DateTimeOffset now = Time.GetUtcNow(), asked = now.AddSeconds(ask.Report.RetryAfterSeconds);
            _until = asked > _until ? asked : now > _until ? now : _until;
            int calls = ask.CreditsPerCall > 0 && ask.Limits.Credits is { } cap ? Math.Min(ask.Calls, (int)Math.Floor(((cap - _reserved) / ask.CreditsPerCall) + 1e-9)) : ask.Calls;
            if (calls <= 0 && ask.Calls > 0)
                return Task.FromResult<QuotaGrant>(new QuotaGrant.Exhausted($"the cap of {ask.Limits.Credits} credits is reached; raise it to go on"));
            _reserved += calls * ask.CreditsPerCall;
            return Task.FromResult<QuotaGrant>(new QuotaGrant.Granted(calls, _until - now, TimeSpan.Zero, ask.Limits.InFlight));
        }
    }
}
