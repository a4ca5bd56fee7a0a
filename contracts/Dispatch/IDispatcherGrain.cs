using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RailCluster.Contracts;

/// <summary>Lends work to workers, keyed by pool name. Holds nothing that the open index and the checkpoints cannot give back.</summary>
[Alias("rail.IDispatcherGrain")]
public interface IDispatcherGrain : IGrainWithStringKey
{
    /// <summary>What a checkpoint has left to do; replaces what it said before.</summary>
    [OneWay, Alias("AnnounceCheckpoint")]
    Task AnnounceCheckpointAsync(CheckpointAnnouncement announcement);

    /// <summary>A submission whose model is to be read.</summary>
    [OneWay, Alias("AnnounceFingerprint")]
    Task AnnounceFingerprintAsync(RunKey run, ModelReference model);

    /// <summary>Lends work.</summary>
    /// <returns>Up to <see cref="LeaseRequest.Most"/> leases of one model; empty where there is none for this worker.</returns>
    [Alias("Lease")]
    Task<ImmutableArray<Lease>> LeaseAsync(LeaseRequest request);

    /// <summary>Keeps leases alive.</summary>
    /// <returns>Those that are no longer the worker's: it stops working on them.</returns>
    [Alias("Renew")]
    Task<ImmutableArray<LeaseId>> RenewAsync(ImmutableArray<LeaseId> leases);

    /// <summary>Ends a lease.</summary>
    [Alias("Complete")]
    Task CompleteAsync(LeaseId lease, LeaseResult result, string? error);

    /// <summary>What is waiting and who works.</summary>
    [AlwaysInterleave, Alias("GetStatus")]
    Task<PoolStatus> GetStatusAsync();
}
