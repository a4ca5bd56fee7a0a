namespace RailCluster.Contracts;

/// <summary>A checkpoint's merged summary, keyed like its checkpoint.</summary>
[GenerateSerializer, Alias("rail.AggregateView")]
public sealed record AggregateView(int MergedShards, CheckpointSummary Summary);

/// <summary>Merges each shard of a checkpoint exactly once, keyed by <see cref="CheckpointKey.ToString"/>.</summary>
[Alias("rail.IAggregatorGrain")]
public interface IAggregatorGrain : IGrainWithStringKey
{
    /// <summary>Merges a shard's summary; a shard that is merged already changes nothing. Saved before it returns.</summary>
    [Alias("Merge")]
    Task MergeAsync(int shard, CheckpointSummary summary);

    /// <summary>What is merged so far.</summary>
    [Alias("GetView")]
    Task<AggregateView> GetViewAsync();
}
