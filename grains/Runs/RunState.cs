using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What a run remembers of one submission.</summary>
public sealed record RunStep
{
    /// <summary>The training step; null for the baseline.</summary>
    public int? Step { get; init; }

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
    public RunStep Unjudged() => this with { State = StepState.Running, Comparison = null, Verdict = null, Directive = null };

    /// <summary>With what its checkpoint said last.</summary>
    public RunStep Moved(CheckpointStatus status) => this with
    {
        State = !status.Done && status.Settled == 0 ? StepState.Queued : status.Done && Step is null ? StepState.Done : StepState.Running,
        Settled = status.Settled,
        Settles = status.Done,
        Failure = status.Failure,
        FailedShards = status.FailedShards,
    };

    /// <summary>As a person sees it.</summary>
    public StepStatus ToStatus(bool baselineSettled) => new(
        Step ?? 0, Model, State, WaitingFor(baselineSettled), Plan?.ShardCount ?? 0, Settled, TaskMetrics)
    {
        Checkpoint = Checkpoint,
        Fingerprint = Plan?.Model,
        Verdict = Verdict,
        Comparison = Comparison,
        Directive = Directive,
    };

    private string? WaitingFor(bool baselineSettled) => State switch
    {
        StepState.Accepted => $"a worker that can read {Model}",
        StepState.Fingerprinting => "the model's files to be read",
        StepState.Queued => "a free device",
        StepState.Running when Settles && !baselineSettled => "the baseline",
        StepState.Running => "the remaining shards",
        _ => null,
    };
}

/// <summary>What a run remembers.</summary>
public sealed record RunState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What it is judged on; null until it is started.</summary>
    public RunSpec? Spec { get; init; }

    /// <summary>The scorer with its version, as it was when the run started.</summary>
    public ScorerIdentity? Scorer { get; init; }

    /// <summary>Prompts in its suite.</summary>
    public int PromptCount { get; init; }

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <summary>The baseline; null until the run is started.</summary>
    public RunStep? Baseline { get; init; }

    /// <summary>The submissions by step.</summary>
    public ImmutableSortedDictionary<int, RunStep> Steps { get; init; } = ImmutableSortedDictionary<int, RunStep>.Empty;

    /// <summary>The baseline, then every submission by step.</summary>
    public IEnumerable<RunStep> All() => Baseline is null ? [] : Steps.Values.Prepend(Baseline);

    /// <summary>Replaces the submission of the same step, or the baseline.</summary>
    public RunState With(RunStep step) => step.Step is { } number
        ? this with { Steps = Steps.SetItem(number, step) }
        : this with { Baseline = step };

    /// <summary>Applies a change to every submission that it concerns.</summary>
    public RunState Update(Func<RunStep, bool> concerns, Func<RunStep, RunStep> change) =>
        All().Where(concerns).ToList().Aggregate(this, (state, step) => state.With(change(step)));

    /// <summary>Whether the baseline owes nothing any more.</summary>
    public bool BaselineSettled => Baseline is { Settles: true };

    /// <summary>Submissions that can be judged: settled beside a settled baseline, or failed as a whole.</summary>
    public IEnumerable<RunStep> Judgeable() => Steps.Values.Where(step =>
        step is { Verdict: null, Settles: true, State: StepState.Running } && (BaselineSettled || step.Failure is not null));

    /// <summary>Whether anything still has to happen.</summary>
    public bool IsOpen() => All().Any(step => step.State is not (StepState.Done or StepState.Cancelled));

    /// <summary>The last step before one that passed, with or without a warning.</summary>
    public int? LastPassBefore(int step) => Steps.Values
        .Where(other => other.Step < step && other.Verdict?.Outcome is VerdictOutcome.Pass or VerdictOutcome.Warn)
        .Select(other => other.Step)
        .LastOrDefault();

    /// <summary>As a person sees it.</summary>
    public RunStatus ToStatus(RunKey key) => new(
        key, Spec!, Revision, Baseline!.ToStatus(BaselineSettled), [.. Steps.Values.Select(step => step.ToStatus(BaselineSettled))]);

    /// <summary>The plan of a model that was read.</summary>
    public CheckpointPlan PlanOf(ModelReference model, ModelInspection inspection)
    {
        var spec = Spec ?? throw new InvalidOperationException("the run is not started");
        var scoring = new ScoringSettings(Scorer!, spec.Mode, spec.Dimensions) { Domain = spec.Domain, UseCase = spec.UseCase };
        var settings = new CheckpointSettings(spec.Generation, scoring, inspection.Engine, spec.ShardSize);
        return new CheckpointPlan(inspection.Fingerprint, model, spec.SuiteHash, PromptCount, settings);
    }
}
