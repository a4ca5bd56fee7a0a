using Orleans.Concurrency;

namespace RailCluster.Contracts;

/// <summary>One checkpoint, keyed by content (<see cref="CheckpointKey.ToString"/>). Knows its plan, its shards and who asks; no run, baseline, policy or verdict.</summary>
[Alias("rail.ICheckpointGrain")]
public interface ICheckpointGrain : IGrainWithStringKey
{
    /// <summary>Adds or widens a demand, and opens the checkpoint where work is left. The same demand again changes nothing; a new one reopens what failed.</summary>
    [OneWay, Alias("Demand")]
    Task DemandAsync(CheckpointPlan plan, Demand demand);

    /// <summary>Takes one demand back. Work that no other demand needs is dropped.</summary>
    [Alias("Withdraw")]
    Task WithdrawAsync(Demand demand);

    /// <summary>Tells the dispatcher what is left to do, in one message.</summary>
    [OneWay, Alias("Announce")]
    Task AnnounceAsync();

    /// <summary>A shard is merged.</summary>
    [OneWay, Alias("ShardMerged")]
    Task ShardMergedAsync(int shard);

    /// <summary>A shard failed after every attempt.</summary>
    [Alias("ShardFailed")]
    Task ShardFailedAsync(int shard, Failure failure);

    /// <summary>The checkpoint failed as a whole.</summary>
    [Alias("Failed")]
    Task FailedAsync(Failure failure);
}
