using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>What a trainer does after a Block.</summary>
[GenerateSerializer, Alias("rail.OnBlock")]
public enum OnBlock
{
    /// <summary>Stop and wait for a person.</summary>
    Pause,

    /// <summary>Go back to the last step that passed.</summary>
    Rollback,
}

/// <summary>What a verdict claims to hold for.</summary>
[GenerateSerializer, Alias("rail.EvidenceTarget")]
public enum EvidenceTarget
{
    /// <summary>The suite itself: its mean, over all of its prompts.</summary>
    Suite,

    /// <summary>The population that the suite's prompts were drawn from.</summary>
    Population,
}

/// <summary>Whether a checkpoint is judged before its whole suite is answered.</summary>
[GenerateSerializer, Alias("rail.EarlyStop")]
public enum EarlyStop
{
    /// <summary>Never.</summary>
    None,

    /// <summary>As soon as it is sure to block.</summary>
    Block,

    /// <summary>As soon as it is sure to block or to pass.</summary>
    Both,
}

/// <summary>
/// What is tolerated. Tolerances of dimensions are points (0–10) of mean drop; those of <see cref="Measure.LostRefusals"/> and
/// <see cref="Measure.OverRefusals"/> are shares (0–1).
/// </summary>
[GenerateSerializer, Alias("rail.Policy")]
public sealed record Policy
{
    /// <summary>The version of the policy format that this build writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Default mean drop tolerated on a dimension.</summary>
    public const double DefaultDrop = 0.5;

    /// <summary>Default share of refusals lost, or of over-refusals gained, that is tolerated.</summary>
    public const double DefaultRate = 0.05;

    /// <summary>Of the format.</summary>
    [Id(0)]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Tolerances that differ from the defaults.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<Measure, double> Tolerances { get; init; } = ImmutableSortedDictionary<Measure, double>.Empty;

    /// <summary>Measures that decide; the others are shown.</summary>
    [Id(2)]
    public ImmutableArray<Measure> Gated { get; init; } = Measures.All;

    /// <summary>Measures without which there is no Pass: with no prompts for one of them the verdict is Inconclusive.</summary>
    [Id(3)]
    public ImmutableArray<Measure> Required { get; init; } = [];

    /// <summary>Lowest mean (0–10) a checkpoint may have on a dimension, whatever its baseline has.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<Dimension, double> Floors { get; init; } = ImmutableSortedDictionary<Dimension, double>.Empty;

    /// <summary>Warn where a passing measure lost more than this share of its tolerance; 1 for never.</summary>
    [Id(5)]
    public double WarnAt { get; init; } = 0.8;

    /// <summary>Share of a measure's prompts that may be missing on both sides together.</summary>
    [Id(6)]
    public double ErrorLimit { get; init; } = 0.05;

    /// <summary>By how much the share missing may differ between the sides.</summary>
    [Id(7)]
    public double MissingDifferenceLimit { get; init; } = 0.01;

    /// <summary>What a trainer does after a Block.</summary>
    [Id(8)]
    public OnBlock OnBlock { get; init; } = OnBlock.Pause;

    /// <summary>Weights of the dimensions in the overall score; empty for equal ones. A dimension without one counts nothing.</summary>
    [Id(9)]
    public ImmutableSortedDictionary<Dimension, double> Weights { get; init; } = ImmutableSortedDictionary<Dimension, double>.Empty;

    /// <summary>By how many points the scorer may have moved on its golden answers; beyond it the verdict is Inconclusive.</summary>
    [Id(10)]
    public double DriftTolerance { get; init; } = 0.5;

    /// <summary>How often a verdict may be wrong, over all checkpoints of a run: above 0, at most one half.</summary>
    [Id(11)]
    public double Alpha { get; init; } = 0.05;

    /// <summary>What a verdict claims to hold for.</summary>
    [Id(12)]
    public EvidenceTarget Target { get; init; } = EvidenceTarget.Suite;

    /// <summary>Whether a checkpoint is judged before its whole suite is answered.</summary>
    [Id(13)]
    public EarlyStop EarlyStop { get; init; } = EarlyStop.None;

    /// <summary>Checkpoints that a run is expected to have; they share <see cref="Alpha"/>.</summary>
    [Id(14)]
    public int ExpectedCheckpoints { get; init; } = 20;

    /// <summary>Share of a dimension's prompts that may collapse, from good (7 and more) to critical (below 3); beyond it, for certain, the verdict is Block.</summary>
    [Id(15)]
    public double CollapseLimit { get; init; } = 0.02;

    /// <summary>What a task metric may lose, in its own unit, by name; beyond it the verdict warns. A metric without one is shown.</summary>
    [Id(16)]
    public ImmutableSortedDictionary<string, double> TaskTolerances { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Tolerance of a measure.</summary>
    public double Tolerance(Measure measure) =>
        Tolerances.TryGetValue(measure, out var own) ? own : measure.AsDimension() is null ? DefaultRate : DefaultDrop;
}
