using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>What is merged, and which shards: one record, so that a shard counts exactly once.</summary>
public sealed record AggregatorState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Shards that are in the summary.</summary>
    public ImmutableSortedSet<int> Merged { get; init; } = [];

    /// <summary>What they add up to.</summary>
    public CheckpointSummary Summary { get; init; } = CheckpointSummary.Empty;
}

/// <inheritdoc cref="IAggregatorGrain"/>
[OnRole(SiloRole.Control)]
public sealed class AggregatorGrain([PersistentState("aggregate")] IPersistentState<AggregatorState> state) : Grain, IAggregatorGrain
{
    /// <inheritdoc/>
    public async Task MergeAsync(int shard, CheckpointSummary summary)
    {
        if (!state.State.Merged.Contains(shard))
        {
            state.State = state.State with
            {
                Merged = state.State.Merged.Add(shard),
                Summary = Summaries.Merge(state.State.Summary, summary),
            };
            await this.SaveAsync(state);
        }

        await GrainFactory.GetGrain<ICheckpointGrain>(this.GetPrimaryKeyString()).ShardMergedAsync(shard);
    }

    /// <inheritdoc/>
    public Task<AggregateView> GetViewAsync() => Task.FromResult(new AggregateView(state.State.Merged.Count, state.State.Summary));
}
