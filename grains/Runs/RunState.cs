using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What a run remembers.</summary>
public sealed record RunState
{
    // Two devices, two shards each: enough that none waits while a prefix is judged.
    private const int ShardsAhead = 4;

    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What it is judged on; null until it is started.</summary>
    public RunSpec? Spec { get; init; }

    /// <summary>The scorer with its version, as it was when the run started.</summary>
    public ScorerIdentity? Scorer { get; init; }

    /// <summary>Whether another evaluation of the same model could give other scores.</summary>
    public bool CanWaver { get; init; }

    /// <summary>Prompts in its suite.</summary>
    public int PromptCount { get; init; }

    /// <summary>Critical prompts in its suite; the order begins with them.</summary>
    public int CriticalCount { get; init; }

    /// <summary>Grows with every change.</summary>
    public long Revision { get; init; }

    /// <summary>The baseline; null until the run is started.</summary>
    public RunStep? Baseline { get; init; }

    /// <summary>The root model that checkpoints are compared with as well; null for none.</summary>
    public RunStep? Anchor { get; init; }

    /// <summary>The contents that were judged or are to be, in the order in which they became known: each spends a share of the error rate, once.</summary>
    public ImmutableArray<string> Contents { get; init; } = [];

    /// <summary>The baseline again, by number, to learn how much its means waver; empty where nobody asked, or nothing can waver.</summary>
    public ImmutableSortedDictionary<int, RunStep> Repetitions { get; init; } = ImmutableSortedDictionary<int, RunStep>.Empty;

    /// <summary>The submissions by step.</summary>
    public ImmutableSortedDictionary<int, RunStep> Steps { get; init; } = ImmutableSortedDictionary<int, RunStep>.Empty;

    /// <summary>The baseline, the anchor, the baseline's repetitions, then every submission by step.</summary>
    public IEnumerable<RunStep> All() => Baseline is null ? [] : [.. References, .. Steps.Values];

    private IEnumerable<RunStep> References => Anchor is null ? [Baseline!, .. Repetitions.Values] : [Baseline!, Anchor, .. Repetitions.Values];

    /// <summary>Replaces the submission of the same step, or the baseline, the anchor, or the same repetition of the baseline.</summary>
    public RunState With(RunStep step) => step switch
    {
        { Step: { } number } => this with { Steps = Steps.SetItem(number, step) },
        { IsAnchor: true } => this with { Anchor = step },
        { Repetition: > 0 } => this with { Repetitions = Repetitions.SetItem(step.Repetition, step) },
        _ => this with { Baseline = step },
    };

    /// <summary>Applies a change to every submission that it concerns.</summary>
    public RunState Update(Func<RunStep, bool> concerns, Func<RunStep, RunStep> change) =>
        All().Where(concerns).ToList().Aggregate(this, (state, step) => state.With(change(step)));

    /// <summary>What submissions wait to be compared with, in words; null where nothing of it owes anything any more.</summary>
    public string? Awaited => Baseline is not { Settles: true } || !Repetitions.Values.All(one => one.Settles) ? "the baseline"
        : Anchor is { Settles: false } ? "the anchor"
        : null;

    /// <summary>
    /// Whether a submission's checkpoint may be asked for. A repetition with greedy answers has the baseline's own, and waits until they are there
    /// rather than have them generated twice.
    /// </summary>
    public bool IsDue(RunStep step) =>
        step.AwaitsCheckpoint && (step.Repetition == 0 || Spec!.Generation.Temperature > 0 || Baseline is { Settles: true });

    /// <summary>Submissions that can be judged: settled beside a settled baseline, or failed as a whole.</summary>
    public IEnumerable<RunStep> Judgeable() => Steps.Values.Where(step =>
        step is { Verdict: null, Settles: true, State: StepState.Running } && (Awaited is null || step.Failure is not null));

    /// <summary>Submissions whose prefix may decide already.</summary>
    public IEnumerable<RunStep> Lookable() => Spec!.Policy.EarlyStop == EarlyStop.None || Awaited is not null
        ? []
        : Steps.Values.Where(step => step is { Verdict: null, Settles: false, AwaitsCheckpoint: true, Settled: > 0 });

    /// <summary>
    /// How long a prefix of the order is asked for. Where the policy stops early, it is the critical prompts and a few shards beyond what is known: what
    /// lies further on may never be needed.
    /// </summary>
    public int Wanted(RunStep step) => step.Step is null || Spec!.Policy.EarlyStop == EarlyStop.None
        ? PromptCount
        : Math.Min(PromptCount, Math.Max(CriticalCount, step.Read) + ShardsAhead * Spec.ShardSize);

    /// <summary>A submission whose content became known, with its number among the run's contents; and this with that content counted.</summary>
    public (RunState Run, RunStep Step) Counted(RunStep step)
    {
        var known = Contents.IndexOf(step.Checkpoint!.Content);
        return known >= 0
            ? (this, step with { Index = known + 1 })
            : (this with { Contents = Contents.Add(step.Checkpoint.Content) }, step with { Index = Contents.Length + 1 });
    }

    /// <summary>Whether anything still has to happen.</summary>
    public bool IsOpen() => All().Any(step => step.ExplanationsDue || step.State is not (StepState.Done or StepState.Cancelled));

    /// <summary>The last step before one that passed, with or without a warning.</summary>
    public int? LastPassBefore(int step) => Steps.Values
        .Where(other => other.Step < step && other.Verdict?.Outcome is VerdictOutcome.Pass or VerdictOutcome.Warn)
        .Select(other => other.Step)
        .LastOrDefault();

    /// <summary>As a person sees it.</summary>
    public RunStatus ToStatus(RunKey key) => new(
        key, Spec!, Revision, BaselineStatus(), [.. Steps.Values.Select(step => step.ToStatus(Awaited))])
    {
        Anchor = Anchor?.ToStatus(Awaited),
    };

    /// <summary>The plan of a model that was read. A repetition samples with a seed of its own and is scored afresh.</summary>
    public CheckpointPlan PlanOf(RunStep step, ModelInspection inspection)
    {
        var spec = Spec ?? throw new InvalidOperationException("the run is not started");
        var generation = spec.Generation.Temperature > 0
            ? spec.Generation with { Seed = unchecked(spec.Generation.Seed + step.Repetition) }
            : spec.Generation;
        var scoring = new ScoringSettings(Scorer!, spec.Mode, spec.Dimensions)
        {
            Domain = spec.Domain,
            UseCase = spec.UseCase,
            Repetition = step.Repetition,
        };
        var settings = new CheckpointSettings(generation, scoring, inspection.Engine, spec.ShardSize);
        return new CheckpointPlan(inspection.Fingerprint, step.Model, spec.SuiteHash, PromptCount, settings);
    }

    private StepStatus BaselineStatus()
    {
        var status = Baseline!.ToStatus(Awaited);
        var open = Repetitions.Values.Count(one => !one.Settles);
        return status.State == StepState.Done && open > 0 ? status with { WaitingFor = $"{open} of its {Repetitions.Count} repetitions" } : status;
    }
}
