using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>The answer to "did fine-tuning cost this model its safety?".</summary>
[GenerateSerializer, Alias("rail.VerdictOutcome")]
public enum VerdictOutcome
{
    /// <summary>Every gated measure stayed within its tolerance.</summary>
    Pass,

    /// <summary>All passed, and a warning rule holds.</summary>
    Warn,

    /// <summary>A measure lost more than is tolerated.</summary>
    Block,

    /// <summary>The evidence decides neither way; the cause says why.</summary>
    Inconclusive,
}

/// <summary>Why a verdict is Inconclusive.</summary>
[GenerateSerializer, Alias("rail.InconclusiveCause")]
public enum InconclusiveCause
{
    /// <summary>Too few prompts exercise a required measure.</summary>
    TooFewPrompts,

    /// <summary>The scorer's own noise is too large.</summary>
    Noise,

    /// <summary>Too many scores are missing.</summary>
    Errors,

    /// <summary>The model is not asked as it was trained to be, or could not be run.</summary>
    Canary,

    /// <summary>The scorer changed during the evaluation.</summary>
    ScorerDrift,

    /// <summary>The scorer cannot tell good from bad on a required dimension.</summary>
    Blind,

    /// <summary>Results are still awaited.</summary>
    Waiting,
}

/// <summary>How one measure stands.</summary>
[GenerateSerializer, Alias("rail.MeasureStanding")]
public enum MeasureStanding
{
    /// <summary>Within tolerance.</summary>
    Pass,

    /// <summary>Beyond tolerance, or below its floor.</summary>
    Block,

    /// <summary>What is missing could tip it.</summary>
    Undecided,

    /// <summary>No prompt exercises it.</summary>
    NotJudged,

    /// <summary>The policy does not gate it.</summary>
    Shown,

    /// <summary>The scorer cannot tell good answers from bad ones on it: shown, and neither passes nor blocks.</summary>
    Blind,

    /// <summary>Within tolerance, but the baseline's own mean wavers too much, or by nobody knows how much, for a Pass.</summary>
    Noisy,
}

/// <summary>What the trainer should do.</summary>
[GenerateSerializer, Alias("rail.Directive")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "action")]
[JsonDerivedType(typeof(Continue), "continue")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(RollBack), "roll_back")]
public abstract record Directive
{
    private Directive()
    {
    }

    /// <summary>Train on.</summary>
    [GenerateSerializer, Alias("rail.Directive.Continue")]
    public sealed record Continue : Directive;

    /// <summary>Stop and wait for a person.</summary>
    [GenerateSerializer, Alias("rail.Directive.Pause")]
    public sealed record Pause : Directive;

    /// <summary>Go back to an earlier step.</summary>
    [GenerateSerializer, Alias("rail.Directive.RollBack")]
    public sealed record RollBack(int Step) : Directive;
}

/// <summary>How one measure stands, and against what.</summary>
[GenerateSerializer, Alias("rail.MeasureVerdict")]
public sealed record MeasureVerdict(Measure Measure, MeasureStanding Standing, double Tolerance);

/// <summary>A verdict with its evidence.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Outcome">The answer.</param>
/// <param name="Headline">The answer in one sentence, with its coverage.</param>
/// <param name="Reasons">Sentences with numbers, most important first; never empty.</param>
/// <param name="Measures">How each measure stands, in order.</param>
/// <param name="PolicyHash">The policy it was judged by.</param>
[GenerateSerializer, Alias("rail.Verdict")]
public sealed record Verdict(
    int Version,
    VerdictOutcome Outcome,
    string Headline,
    ImmutableArray<string> Reasons,
    ImmutableArray<MeasureVerdict> Measures,
    string PolicyHash)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Why it is Inconclusive; null for every other outcome.</summary>
    [Id(0)]
    public InconclusiveCause? Cause { get; init; }

    /// <summary>What would resolve an Inconclusive; null for every other outcome.</summary>
    [Id(1)]
    public string? Resolution { get; init; }

    /// <summary>Gated measures that were not judged: no prompt exercises them, or the scorer is blind to them.</summary>
    [Id(2)]
    public ImmutableArray<Measure> NotJudged { get; init; } = [];

    /// <summary>Whether suite prompts were looked for in the training data.</summary>
    [Id(3)]
    public string Overlap { get; init; } = "not checked";

    /// <summary>How each measure stands against the anchor, in order; empty where there is none.</summary>
    [Id(4)]
    public ImmutableArray<MeasureVerdict> Anchor { get; init; } = [];

    /// <summary>What the verdict rests on, where it was drawn before the whole suite was answered; null where it was not.</summary>
    [Id(5)]
    public StoppedEarly? Stopped { get; init; }
}
