using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>Why a checkpoint, or one of its shards, could not be evaluated.</summary>
[GenerateSerializer, Alias("rail.FailureKind")]
public enum FailureKind
{
    /// <summary>The model folder is no longer there.</summary>
    ModelGone,

    /// <summary>The folder holds other content than was submitted.</summary>
    ModelChanged,

    /// <summary>The folder does not hold a model that the engine can run.</summary>
    ModelUnusable,

    /// <summary>A canary failed: answers would not be the model's own.</summary>
    Canary,

    /// <summary>Generation failed after every attempt.</summary>
    Generation,

    /// <summary>Scoring failed after every attempt.</summary>
    Scoring,
}

/// <summary>A failure with its reason; an attempt that a retry reopens.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Reason">What happened and what to do, in one line.</param>
[GenerateSerializer, Alias("rail.Failure")]
public sealed record Failure(FailureKind Kind, string Reason);

/// <summary>How far a checkpoint is.</summary>
/// <param name="Key">The checkpoint.</param>
/// <param name="Shards">Shards in the plan.</param>
/// <param name="Settled">Shards merged or failed.</param>
/// <param name="Done">Whether every shard demanded is settled, or the checkpoint failed as a whole.</param>
/// <param name="Failure">Why it failed as a whole; null where it did not.</param>
/// <param name="FailedShards">Shards that failed after every attempt, by index.</param>
[GenerateSerializer, Alias("rail.CheckpointStatus")]
public sealed record CheckpointStatus(
    CheckpointKey Key,
    int Shards,
    int Settled,
    bool Done,
    Failure? Failure,
    ImmutableSortedDictionary<int, Failure> FailedShards);
