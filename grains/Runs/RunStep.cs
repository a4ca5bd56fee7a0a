using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What a run remembers of one submission.</summary>
public sealed record RunStep
{
    /// <summary>The training step; null for the baseline and its repetitions.</summary>
    public int? Step { get; init; }

    /// <summary>Which repetition of the baseline, from 1; 0 for what is judged.</summary>
    public int Repetition { get; init; }

    /// <summary>Whether it is the anchor.</summary>
    public bool IsAnchor { get; init; }

    /// <summary>The model as submitted.</summary>
    public required ModelReference Model { get; init; }

    /// <summary>The trainer's own figures.</summary>
    public ImmutableArray<TaskMetric> TaskMetrics { get; init; } = [];

    /// <summary>How far it is. A baseline is Done when its checkpoint is.</summary>
    public StepState State { get; init; }

    /// <summary>What is evaluated; null until the model was read.</summary>
    public CheckpointPlan? Plan { get; init; }

    /// <summary>Its identity; null until the model was read.</summary>
    public CheckpointKey? Checkpoint { get; init; }

    /// <summary>Which of the run's checkpoints it is, by content, from 1; null until the model was read, and of what is not judged.</summary>
    public int? Index { get; init; }

    /// <summary>Prompts of the order that are known on both sides, as last looked at; it grows where the policy stops early.</summary>
    public int Read { get; init; }

    /// <summary>Prompts of the order that the last look was at; no more than <see cref="Read"/>.</summary>
    public int Looked { get; init; }

    /// <summary>Shards settled, as last heard.</summary>
    public int Settled { get; init; }

    /// <summary>Whether its checkpoint has nothing open any more.</summary>
    public bool Settles { get; init; }

    /// <summary>Why the model could not be read, or the checkpoint failed as a whole.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Shards that failed after every attempt.</summary>
    public ImmutableSortedDictionary<int, Failure> FailedShards { get; init; } = ImmutableSortedDictionary<int, Failure>.Empty;

    /// <summary>The comparison; null where nothing could be compared.</summary>
    public Comparison? Comparison { get; init; }

    /// <summary>The verdict.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>What the trainer should do.</summary>
    public Directive? Directive { get; init; }

    /// <summary>Whether its checkpoint works for it still, though it was judged early.</summary>
    public bool IsDemanded { get; init; }

    /// <summary>Whether its worst prompts are to be explained still.</summary>
    public bool ExplanationsDue { get; init; }

    /// <summary>Object key of the sealed explanations; null where there are none.</summary>
    public string? Explanations { get; init; }

    /// <summary>Whether something failed that a retry may mend.</summary>
    public bool HasFailed => Failure is not null || !FailedShards.IsEmpty;

    /// <summary>Whether it waits for its model to be read.</summary>
    public bool AwaitsFingerprint => State is StepState.Accepted or StepState.Fingerprinting;

    /// <summary>Whether its checkpoint still owes it results.</summary>
    public bool AwaitsCheckpoint => Plan is not null && !Settles && State is StepState.Queued or StepState.Running;

    /// <summary>Back to before what failed: the model is read again where it could not be used, else only the failed shards are open.</summary>
    public RunStep Reopened() => Unjudged() with
    {
        State = Failure is null ? StepState.Queued : StepState.Accepted,
        Plan = Failure is null ? Plan : null,
        Checkpoint = Failure is null ? Checkpoint : null,
        Settles = false,
        Failure = null,
        FailedShards = ImmutableSortedDictionary<int, Failure>.Empty,
    };

    /// <summary>Without its verdict, to be judged again.</summary>
    public RunStep Unjudged() => this with
    {
        State = StepState.Running,
        Comparison = null,
        Verdict = null,
        Directive = null,
        Read = 0,
        Looked = 0,
        IsDemanded = false,
        ExplanationsDue = false,
        Explanations = null,
    };

    /// <summary>With what its checkpoint said last. A part of the suite that is done settles nothing yet.</summary>
    public RunStep Moved(CheckpointStatus status)
    {
        var settles = status.Done && (status.Failure is not null || status.Settled >= status.Shards);
        return this with
        {
            State = !settles && status.Settled == 0 ? StepState.Queued : settles && Step is null ? StepState.Done : StepState.Running,
            Settled = status.Settled,
            Settles = settles,
            Failure = status.Failure,
            FailedShards = status.FailedShards,
        };
    }

    /// <summary>As a person sees it.</summary>
    public StepStatus ToStatus(string? awaited) => new(
        Step ?? 0, Model, State, WaitingFor(awaited), Plan?.ShardCount ?? 0, Settled, TaskMetrics)
    {
        Checkpoint = Checkpoint,
        Fingerprint = Plan?.Model,
        Verdict = Verdict,
        Comparison = Comparison,
        Directive = Directive,
        Index = Index,
    };

    private string? WaitingFor(string? awaited) => State switch
    {
        StepState.Accepted => $"a worker that can read {Model}",
        StepState.Fingerprinting => "the model's files to be read",
        StepState.Queued => "a free device",
        StepState.Running when Settles && awaited is not null => awaited,
        StepState.Running when Settles => "its verdict",
        StepState.Running => "the remaining shards",
        StepState.Done when ExplanationsDue => "its worst prompts to be explained",
        _ => null,
    };
}
