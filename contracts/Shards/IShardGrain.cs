namespace RailCluster.Contracts;

/// <summary>How far a shard is; it only moves forward.</summary>
[GenerateSerializer, Alias("rail.ShardStage")]
public enum ShardStage
{
    /// <summary>Nothing is sealed yet.</summary>
    Planned,

    /// <summary>Its answers are sealed.</summary>
    Responded,

    /// <summary>Its scores are sealed.</summary>
    Scored,

    /// <summary>The aggregator has merged it.</summary>
    Acknowledged,
}

/// <summary>One shard of a checkpoint, keyed by <see cref="ShardKey.ToString"/>. Holds references to sealed objects, never the objects.</summary>
[Alias("rail.IShardGrain")]
public interface IShardGrain : IGrainWithStringKey
{
    /// <summary>The shard's answers are sealed under their object key.</summary>
    [Alias("Responded")]
    Task RespondedAsync(string objectKey);

    /// <summary>The shard's scores are sealed; merges the summary and acknowledges.</summary>
    [Alias("Scored")]
    Task ScoredAsync(string objectKey, CheckpointSummary summary);
}
