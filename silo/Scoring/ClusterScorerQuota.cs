using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>
/// The accounts of the whole cluster, each kept by its grain. An answer that does not come in time has an unknown outcome: what it may have granted counts
/// and is never used, and whoever asked asks again.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="time">The clock.</param>
public sealed class ClusterScorerQuota(IGrainFactory grains, TimeProvider time) : IScorerQuota
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task<QuotaGrant> TakeAsync(string quota, QuotaAsk ask, CancellationToken cancellationToken = default) =>
        // A scorer may be at work in a grain's turn; this is no part of it.
        Task.Run(() => grains.GetGrain<IScorerQuotaGrain>(quota).TakeAsync(ask), cancellationToken).WaitAsync(Deadline, time, cancellationToken);
}
