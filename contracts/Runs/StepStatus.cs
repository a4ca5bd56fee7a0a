using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>How far a submitted checkpoint is.</summary>
[GenerateSerializer, Alias("rail.StepState")]
public enum StepState
{
    /// <summary>Durable; waits for a worker that can see its folder.</summary>
    Accepted,

    /// <summary>A worker reads the model's files.</summary>
    Fingerprinting,

    /// <summary>Its content is known; no shard is settled yet.</summary>
    Queued,

    /// <summary>Shards are being settled.</summary>
    Running,

    /// <summary>It has a verdict.</summary>
    Done,

    /// <summary>Its demand was withdrawn.</summary>
    Cancelled,
}

/// <summary>That a checkpoint is accepted, durably.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">The training step.</param>
/// <param name="Model">The model as submitted.</param>
[GenerateSerializer, Alias("rail.SubmissionReceipt")]
public sealed record SubmissionReceipt(RunKey Run, int Step, ModelReference Model);

/// <summary>A submitted checkpoint as a person sees it.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Model">The model as submitted.</param>
/// <param name="State">How far it is.</param>
/// <param name="WaitingFor">What it waits for, in words; null where it waits for nothing.</param>
/// <param name="Shards">Shards in its plan; 0 until its content is known.</param>
/// <param name="Settled">Shards settled.</param>
/// <param name="TaskMetrics">The trainer's own figures.</param>
[GenerateSerializer, Alias("rail.StepStatus")]
public sealed record StepStatus(
    int Step,
    ModelReference Model,
    StepState State,
    string? WaitingFor,
    int Shards,
    int Settled,
    ImmutableArray<TaskMetric> TaskMetrics)
{
    /// <summary>Its content; null until it is known.</summary>
    [Id(0)]
    public CheckpointKey? Checkpoint { get; init; }

    /// <summary>The content of its model; null until it is known.</summary>
    [Id(1)]
    public ModelFingerprint? Fingerprint { get; init; }

    /// <summary>The verdict; null until <see cref="StepState.Done"/>.</summary>
    [Id(2)]
    public Verdict? Verdict { get; init; }

    /// <summary>The comparison behind the verdict; null where nothing could be compared.</summary>
    [Id(3)]
    public Comparison? Comparison { get; init; }

    /// <summary>What the trainer should do; null until there is a verdict.</summary>
    [Id(4)]
    public Directive? Directive { get; init; }

    /// <summary>Which of the run's checkpoints it is, by content, from 1; it decides the share of the error rate. Null until its content is known.</summary>
    [Id(5)]
    public int? Index { get; init; }
}

/// <summary>A run as a person sees it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Spec">What it is judged on.</param>
/// <param name="Revision">Grows with every change; what <see cref="IRunGrain.WaitForChangeAsync"/> waits on.</param>
/// <param name="Baseline">The baseline; its step is 0 and it never has a verdict.</param>
/// <param name="Steps">The submitted checkpoints by step.</param>
[GenerateSerializer, Alias("rail.RunStatus")]
public sealed record RunStatus(
    RunKey Run,
    RunSpec Spec,
    long Revision,
    StepStatus Baseline,
    ImmutableArray<StepStatus> Steps)
{
    /// <summary>The anchor; null where there is none. Its step is 0 and it never has a verdict.</summary>
    [Id(0)]
    public StepStatus? Anchor { get; init; }
}
