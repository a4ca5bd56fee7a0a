using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>All that a dispatcher keeps: a number that no two activations share.</summary>
public sealed record DispatcherState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Grows with every activation, so that a lease of an earlier one is never mistaken for one of this.</summary>
    public long Epoch { get; init; }
}

/// <inheritdoc cref="IDispatcherGrain"/>
[OnRole(SiloRole.Control)]
public sealed partial class DispatcherGrain(
    [PersistentState("dispatcher")] IPersistentState<DispatcherState> state,
    IObjectStore store,
    LeaseRules rules,
    TimeProvider time,
    ILogger<DispatcherGrain> logger) : Grain, IDispatcherGrain
{
    private static readonly TimeSpan ExpireEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DeviceSilence = TimeSpan.FromSeconds(15);

    private readonly Dictionary<string, DateTimeOffset> _devices = [];
    private WorkBook _book = null!;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state.State = state.State with { Epoch = state.State.Epoch + 1 };
        await state.WriteStateAsync(cancellationToken);
        _book = new WorkBook(state.State.Epoch, rules);
        this.RegisterGrainTimer(Expire, new GrainTimerCreationOptions(ExpireEvery, ExpireEvery));
        this.RegisterGrainTimer(WakeOpenAsync, new GrainTimerCreationOptions(TimeSpan.Zero, ListEvery) { KeepAlive = true });
        LogActivated(this.GetPrimaryKeyString(), state.State.Epoch);
    }

    /// <inheritdoc/>
    public Task AnnounceCheckpointAsync(CheckpointAnnouncement announcement)
    {
        _book.Announce(announcement);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task AnnounceFingerprintAsync(RunKey run, ModelReference model)
    {
        _book.Announce(new WorkItem.Fingerprint(run, model));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Lease>> LeaseAsync(LeaseRequest request)
    {
        var now = time.GetUtcNow();
        if (request.Kind == WorkKind.Generate) _devices[request.Worker] = now;
        return Task.FromResult(_book.Lend(request, now));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<LeaseId>> RenewAsync(ImmutableArray<LeaseId> leases) => Task.FromResult(_book.Renew(leases, time.GetUtcNow()));

    /// <inheritdoc/>
    public Task CompleteAsync(LeaseId lease, LeaseResult result, string? error)
    {
        if (error is not null) LogAttemptFailed(lease.ToString(), error);
        _book.Complete(lease, result, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<PoolStatus> GetStatusAsync()
    {
        var since = time.GetUtcNow() - DeviceSilence;
        var devices = _devices.Values.Count(seen => seen > since);
        return Task.FromResult(new PoolStatus(state.State.Epoch, devices, _book.OpenCheckpoints, _book.OpenShards, _book.Lent));
    }

    private Task Expire(CancellationToken cancellationToken)
    {
        _book.Expire(time.GetUtcNow());
        return Task.CompletedTask;
    }

    // One message to each open run and checkpoint, never one to a shard. Listing again finds what a lost message left behind.
    private async Task WakeOpenAsync(CancellationToken cancellationToken)
    {
        var pool = this.GetPrimaryKeyString();
        var runs = ObjectKeys.OpenRuns(pool);
        await foreach (var key in store.ListAllAsync(runs, cancellationToken))
            await GrainFactory.GetGrain<IRunGrain>(key[runs.Length..]).ResumeAsync();
        var checkpoints = ObjectKeys.OpenCheckpoints(pool);
        await foreach (var key in store.ListAllAsync(checkpoints, cancellationToken))
            await GrainFactory.GetGrain<ICheckpointGrain>(key[checkpoints.Length..]).AnnounceAsync();
    }

    [LoggerMessage(LogLevel.Information, "Dispatcher of pool {Pool} is active in epoch {Epoch}")]
    private partial void LogActivated(string pool, long epoch);

    [LoggerMessage(LogLevel.Warning, "An attempt under lease {Lease} failed: {Error}")]
    private partial void LogAttemptFailed(string lease, string error);
}
