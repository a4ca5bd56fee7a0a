using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <inheritdoc cref="ICheckpointGrain"/>
[OnRole(SiloRole.Control)]
public sealed partial class CheckpointGrain(
    [PersistentState("checkpoint")] IPersistentState<CheckpointState> state,
    IObjectStore store,
    PoolOptions pool,
    ILogger<CheckpointGrain> logger) : Grain, ICheckpointGrain
{
    private CheckpointKey Key => CheckpointKey.Parse(this.GetPrimaryKeyString());

    private IDispatcherGrain Dispatcher => GrainFactory.GetGrain<IDispatcherGrain>(pool.Name);

    /// <inheritdoc/>
    public async Task DemandAsync(CheckpointPlan plan, Demand demand)
    {
        // The content is the same wherever it lies; the newest place is the likeliest to be there still.
        var known = state.State.Plan?.Location == plan.Location ? state.State : state.State with { Plan = plan };
        var wanted = known.With(demand);
        if (wanted.OpenShards().IsEmpty)
        {
            await TellAsync(demand, done: true);
            return;
        }

        await store.MarkAsync(ObjectKeys.OpenCheckpoint(pool.Name, Key));
        if (wanted != state.State)
        {
            state.State = wanted;
            await this.SaveAsync(state);
        }

        await AnnounceAsync();
        await TellAsync(demand, done: false);
    }

    /// <inheritdoc/>
    public async Task WithdrawAsync(Demand demand)
    {
        var left = state.State.Demands.RemoveAll(other => other.Run == demand.Run && other.Step == demand.Step);
        if (left.Length == state.State.Demands.Length) return;
        state.State = state.State with { Demands = left };
        await SettleAsync();
    }

    /// <inheritdoc/>
    public async Task AnnounceAsync()
    {
        if (state.State.Plan is not { } plan)
        {
            await store.RemoveAsync(ObjectKeys.OpenCheckpoint(pool.Name, Key));
            return;
        }

        var open = state.State.OpenShards();
        if (open.IsEmpty) await store.RemoveAsync(ObjectKeys.OpenCheckpoint(pool.Name, Key));
        var baseline = state.State.Demands.Any(demand => demand.IsBaseline);
        await Dispatcher.AnnounceCheckpointAsync(new CheckpointAnnouncement(Key, plan, open, baseline));
    }

    /// <inheritdoc/>
    public async Task ShardMergedAsync(int shard)
    {
        if (state.State.Merged.Contains(shard)) return;
        state.State = state.State with { Merged = state.State.Merged.Add(shard), FailedShards = state.State.FailedShards.Remove(shard) };
        await SettleAsync();
    }

    /// <inheritdoc/>
    public async Task ShardFailedAsync(int shard, Failure failure)
    {
        if (state.State.Merged.Contains(shard) || state.State.FailedShards.ContainsKey(shard)) return;
        LogShardFailed(Key.Short, shard, failure.Reason);
        state.State = state.State with { FailedShards = state.State.FailedShards.Add(shard, failure) };
        await SettleAsync();
        if (!state.State.OpenShards().IsEmpty) await AnnounceAsync();
    }

    /// <inheritdoc/>
    public async Task FailedAsync(Failure failure)
    {
        if (state.State.Failure is not null || state.State.OpenShards().IsEmpty) return;
        LogFailed(Key.Short, failure.Reason);
        state.State = state.State with { Failure = failure };
        await SettleAsync();
    }

    // Saves, tells everyone who asks, and closes the checkpoint once nothing demanded is open. The mark goes last: a crash before it
    // only makes the dispatcher ask once more.
    private async Task SettleAsync()
    {
        var demands = state.State.Demands;
        var done = state.State.OpenShards().IsEmpty;
        // Whoever asked for a part may ask for more, and that is no new demand.
        if (done) state.State = state.State with { Demands = state.State.Demands.RemoveAll(demand => demand.Prompts >= state.State.Plan!.PromptCount) };
        await this.SaveAsync(state);
        foreach (var demand in demands) await TellAsync(demand, done);
        if (done) await AnnounceAsync();
    }

    private Task TellAsync(Demand demand, bool done) => GrainFactory.GetGrain<IRunGrain>(demand.Run.ToString()).CheckpointMovedAsync(Status(done));

    private CheckpointStatus Status(bool done) => new(
        Key,
        state.State.Plan?.ShardCount ?? 0,
        state.State.Merged.Count + state.State.FailedShards.Count,
        done,
        state.State.Failure,
        state.State.FailedShards);

    [LoggerMessage(LogLevel.Warning, "Shard {Shard} of checkpoint {Checkpoint} failed: {Reason}")]
    private partial void LogShardFailed(string checkpoint, int shard, string reason);

    [LoggerMessage(LogLevel.Warning, "Checkpoint {Checkpoint} failed: {Reason}")]
    private partial void LogFailed(string checkpoint, string reason);
}
