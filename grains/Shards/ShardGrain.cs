using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What a shard remembers: how far it is and where its sealed objects rest.</summary>
public sealed record ShardState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>How far it is.</summary>
    public ShardStage Stage { get; init; }

    /// <summary>Object key of the sealed answers.</summary>
    public string? Answers { get; init; }

    /// <summary>Object key of the sealed scores.</summary>
    public string? Scores { get; init; }
}

/// <inheritdoc cref="IShardGrain"/>
[OnRole(SiloRole.Control)]
public sealed class ShardGrain([PersistentState("shard")] IPersistentState<ShardState> state) : Grain, IShardGrain
{
    /// <inheritdoc/>
    public async Task RespondedAsync(string objectKey)
    {
        if (state.State.Stage >= ShardStage.Responded) return;
        state.State = state.State with { Stage = ShardStage.Responded, Answers = objectKey };
        await this.SaveAsync(state);
    }

    /// <inheritdoc/>
    public async Task ScoredAsync(string objectKey, CheckpointSummary summary)
    {
        if (state.State.Stage < ShardStage.Scored)
        {
            state.State = state.State with { Stage = ShardStage.Scored, Scores = objectKey };
            await this.SaveAsync(state);
        }

        // Merging again is harmless and tells the checkpoint once more, which is how a lost message is made good.
        var key = ShardKey.Parse(this.GetPrimaryKeyString());
        await GrainFactory.GetGrain<IAggregatorGrain>(key.Checkpoint.ToString()).MergeAsync(key.Index, summary);
        if (state.State.Stage == ShardStage.Acknowledged) return;
        state.State = state.State with { Stage = ShardStage.Acknowledged };
        await this.SaveAsync(state);
    }
}
