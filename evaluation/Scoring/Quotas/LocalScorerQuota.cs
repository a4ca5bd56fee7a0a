using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The accounts of one process alone: kept in memory, and begun afresh with the process. Thread-safe.</summary>
/// <param name="time">The clock.</param>
public sealed class LocalScorerQuota(TimeProvider time) : IScorerQuota
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QuotaState> _accounts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<QuotaGrant> TakeAsync(string quota, QuotaAsk ask, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var (state, grant) = QuotaBook.Take(_accounts.GetValueOrDefault(quota) ?? new QuotaState(), ask, time.GetUtcNow());
            _accounts[quota] = state;
            return Task.FromResult(grant);
        }
    }
}
