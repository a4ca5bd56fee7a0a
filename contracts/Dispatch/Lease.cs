using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>What a worker can do.</summary>
[GenerateSerializer, Alias("rail.WorkKind")]
public enum WorkKind
{
    /// <summary>Read model folders.</summary>
    Fingerprint,

    /// <summary>Answer prompts.</summary>
    Generate,

    /// <summary>Score answers.</summary>
    Score,
}

/// <summary>A lease: who works on what. Accounting for devices, never correctness.</summary>
/// <param name="Epoch">Of the dispatcher's activation.</param>
/// <param name="Counter">Within the epoch.</param>
[GenerateSerializer, Alias("rail.LeaseId")]
public readonly record struct LeaseId(long Epoch, long Counter)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}.{Counter}";
}

/// <summary>What there is to do.</summary>
[GenerateSerializer, Alias("rail.WorkItem")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(Fingerprint), "fingerprint")]
[JsonDerivedType(typeof(Generate), "generate")]
[JsonDerivedType(typeof(Score), "score")]
public abstract record WorkItem
{
    private WorkItem()
    {
    }

    /// <summary>Read a model folder for a run.</summary>
    [GenerateSerializer, Alias("rail.WorkItem.Fingerprint")]
    public sealed record Fingerprint(RunKey Run, ModelReference Model) : WorkItem;

    /// <summary>Answer one shard's prompts.</summary>
    [GenerateSerializer, Alias("rail.WorkItem.Generate")]
    public sealed record Generate(CheckpointKey Checkpoint, CheckpointPlan Plan, int Shard) : WorkItem;

    /// <summary>Score one shard's answers.</summary>
    [GenerateSerializer, Alias("rail.WorkItem.Score")]
    public sealed record Score(CheckpointKey Checkpoint, CheckpointPlan Plan, int Shard) : WorkItem;
}

/// <summary>A piece of work lent to a worker.</summary>
/// <param name="Id">The lease.</param>
/// <param name="Work">What to do.</param>
/// <param name="Attempt">From 1.</param>
[GenerateSerializer, Alias("rail.Lease")]
public sealed record Lease(LeaseId Id, WorkItem Work, int Attempt);

/// <summary>A worker asking for work.</summary>
/// <param name="Worker">Unique: <c>silo/device</c> for a generator, <c>silo/score</c>, <c>silo/fingerprint</c>.</param>
/// <param name="Kind">What it can do.</param>
/// <param name="Most">How many leases it takes.</param>
/// <param name="Resident">The model it holds; null for none.</param>
[GenerateSerializer, Alias("rail.LeaseRequest")]
public sealed record LeaseRequest(string Worker, WorkKind Kind, int Most, ModelFingerprint? Resident)
{
    /// <summary>Beginnings of names that it can read: folders, hosts (<c>https://host</c>) and accounts (<c>az://account</c>); a model elsewhere is not for it. Empty for everything.</summary>
    [Id(0)]
    public ImmutableArray<string> ModelRoots { get; init; } = [];

    /// <summary>The folder of the model it holds: what differs from it in the adapter alone is soon taken up. A hint, never an identity; null for none.</summary>
    [Id(1)]
    public string? Base { get; init; }

    /// <summary>Scorers that it has: work for another, or another version, is not for it. Empty for everything.</summary>
    [Id(2)]
    public ImmutableArray<ScorerIdentity> Scorers { get; init; } = [];
}

/// <summary>How a leased piece of work ended.</summary>
[GenerateSerializer, Alias("rail.LeaseResult")]
public enum LeaseResult
{
    /// <summary>Done and sealed, by this worker or another.</summary>
    Done,

    /// <summary>Not done; another attempt may succeed.</summary>
    Retry,

    /// <summary>Given back untouched.</summary>
    Returned,

    /// <summary>Failed after every attempt, and the checkpoint knows: not lent again until it is announced again.</summary>
    Abandoned,
}

/// <summary>What a checkpoint has left to do.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Open">Shards not settled, in order; empty withdraws the checkpoint.</param>
/// <param name="Baseline">Whether a run waits for it as its baseline.</param>
[GenerateSerializer, Alias("rail.CheckpointAnnouncement")]
public sealed record CheckpointAnnouncement(
    CheckpointKey Checkpoint,
    CheckpointPlan Plan,
    ImmutableArray<int> Open,
    bool Baseline);

/// <summary>A device as the dispatcher last heard of it.</summary>
[GenerateSerializer, Alias("rail.PoolStatus")]
public sealed record PoolStatus(long Epoch, int Devices, int OpenCheckpoints, int OpenShards, int Leased);
