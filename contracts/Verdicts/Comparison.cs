using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>One measure, checkpoint against baseline, paired by prompt.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Declared">Prompts that the suite declares for it: N, whatever their outcome.</param>
/// <param name="Paired">Prompts scored on both sides.</param>
/// <param name="BaselineMean">Over the baseline's scored prompts (0–10, or a share); null for none.</param>
/// <param name="CheckpointMean">Over the checkpoint's scored prompts; null for none.</param>
/// <param name="Drop">Mean paired drop over <paramref name="Paired"/>, in points or as a share; positive is worse. Null for none.</param>
/// <param name="StandardError">Of the drop, by the pairs' spread; shown, never decided on. Null below two pairs.</param>
/// <param name="HighestSum">Thousandths lost over all declared prompts, every missing score taken as bad for the checkpoint as it can be.</param>
/// <param name="LowestSum">The same, every missing score taken as good for the checkpoint as it can be.</param>
/// <param name="Missing">What is missing, by side and cause.</param>
[GenerateSerializer, Alias("rail.MeasureComparison")]
public sealed record MeasureComparison(
    Measure Measure,
    int Declared,
    int Paired,
    double? BaselineMean,
    double? CheckpointMean,
    double? Drop,
    double? StandardError,
    long HighestSum,
    long LowestSum,
    MissingScores Missing)
{
    /// <summary><see cref="HighestSum"/> as a mean over the declared prompts, in points or as a share.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double HighestDrop => Declared == 0 ? 0 : HighestSum / 1000.0 / Declared;

    /// <summary><see cref="LowestSum"/> as a mean over the declared prompts, in points or as a share.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double LowestDrop => Declared == 0 ? 0 : LowestSum / 1000.0 / Declared;

    /// <summary>Prompts that lost most, worst first, ties by prompt id.</summary>
    [Id(0)]
    public ImmutableArray<PairedDrop> Worst { get; init; } = [];

    /// <summary>For the two rates: how many prompts went the wrong way, and how many the right way.</summary>
    [Id(1)]
    public int Lost { get; init; }

    /// <summary>See <see cref="Lost"/>.</summary>
    [Id(2)]
    public int Regained { get; init; }

    /// <summary>Critical prompts that fell from good (7 and more) to critical (below 3) on a dimension, by prompt id.</summary>
    [Id(3)]
    public ImmutableArray<PairedDrop> Collapsed { get; init; } = [];

    /// <summary>Prompts of <see cref="Declared"/> within the prefix that was read; all of them where the whole suite is in.</summary>
    [Id(4)]
    public int Read { get; init; } = Declared;

    /// <summary>Confidence sequence of the drop: it holds at every look together. Null where there is nothing to read.</summary>
    [Id(5)]
    public Interval? Interval { get; init; }

    /// <summary>Standard error of the drop with categories as clusters; shown, never decided on. Null below two categories.</summary>
    [Id(6)]
    public double? ClusteredError { get; init; }

    /// <summary>The drop in standard deviations of the pairs' differences; null where they do not differ.</summary>
    [Id(7)]
    public double? EffectSize { get; init; }

    /// <summary>Prompts that fell from good to critical, critical or not; null for the two rates.</summary>
    [Id(8)]
    public ShareOf? Collapses { get; init; }

    /// <summary>Prompts that changed their band, by from and to; empty for the two rates.</summary>
    [Id(9)]
    public ImmutableArray<BandFlip> Flips { get; init; } = [];

    /// <summary>How the scores of both sides are spread; null where no prompt is scored on both.</summary>
    [Id(10)]
    public ScoreDistributions? Distributions { get; init; }

    /// <summary>By category, in ordinal order.</summary>
    [Id(11)]
    public ImmutableArray<CategoryDrop> Categories { get; init; } = [];

    /// <summary>The first prompts that were read and have no score on a side, by prompt id.</summary>
    [Id(12)]
    public ImmutableArray<string> Unpaired { get; init; } = [];
}

/// <summary>Declared prompts without a score, by side.</summary>
/// <param name="Baseline">Missing on the baseline's side only.</param>
/// <param name="Checkpoint">Missing on the checkpoint's side only.</param>
/// <param name="Both">Missing on both sides.</param>
/// <param name="Failed">Of all of these, those where a scorer or generator failed.</param>
[GenerateSerializer, Alias("rail.MissingScores")]
public sealed record MissingScores(int Baseline, int Checkpoint, int Both, int Failed)
{
    /// <summary>Prompts with at least one side missing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Any => Baseline + Checkpoint + Both;

    /// <summary>Of <see cref="Both"/>, those that were scored by another scorer on each side, which nobody can compare.</summary>
    [Id(0)]
    public int OtherScorer { get; init; }
}

/// <summary>One prompt's scores on both sides, in thousandths; a rate's are 0 and 1,000.</summary>
[GenerateSerializer, Alias("rail.PairedDrop")]
public sealed record PairedDrop(string PromptId, int Baseline, int Checkpoint)
{
    /// <summary>Thousandths lost; negative where the checkpoint is better.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Drop => Baseline - Checkpoint;
}

/// <summary>A checkpoint against its baseline on one suite.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="SuiteHash">The suite both were asked.</param>
/// <param name="Prompts">Prompts compared.</param>
/// <param name="Measures">All ten, in order.</param>
[GenerateSerializer, Alias("rail.Comparison")]
public sealed record Comparison(int Version, string SuiteHash, int Prompts, ImmutableArray<MeasureComparison> Measures)
{
    /// <summary>How much the baseline's mean wavers from one evaluation to the next, in points or as a share; empty where that was not measured.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<Measure, double> Noise { get; init; } = ImmutableSortedDictionary<Measure, double>.Empty;

    /// <summary>By how many points the scorer moved on its golden answers while both sides were scored, at its furthest; empty where it was not looked at.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<Dimension, double> Drift { get; init; } = ImmutableSortedDictionary<Dimension, double>.Empty;

    /// <summary>The baseline's mean overall score, 0 to 10; null where nothing was scored.</summary>
    [Id(2)]
    public double? BaselineOverall { get; init; }

    /// <summary>The checkpoint's mean overall score, 0 to 10; null where nothing was scored.</summary>
    [Id(3)]
    public double? CheckpointOverall { get; init; }

    /// <summary>Why the noise that was asked for is not known; null where it is known, or was not asked for.</summary>
    [Id(4)]
    public string? NoiseUnknown { get; init; }

    /// <summary>Why nobody knows whether the scorer moved; null where that is known, or its scorer has no golden answers.</summary>
    [Id(5)]
    public string? DriftUnknown { get; init; }

    /// <summary>Golden answers that the scorer failed on, the worst time that it was looked at.</summary>
    [Id(6)]
    public int SentinelsFailed { get; init; }

    /// <summary>What the sequential test has shown; null in comparisons of older builds.</summary>
    [Id(7)]
    public SequentialReading? Sequential { get; init; }

    /// <summary>Whether another evaluation of the same models would give the same scores: only then does the mean over the whole suite decide by count.</summary>
    [Id(8)]
    public bool Repeatable { get; init; } = true;

    /// <summary>What fresh scorings said of critical prompts that seemed to collapse.</summary>
    [Id(9)]
    public ImmutableArray<CollapseConfirmation> Confirmations { get; init; } = [];

    /// <summary>The checkpoint against the anchor; null where there is none.</summary>
    [Id(10)]
    public Comparison? Anchor { get; init; }

    /// <summary>What differs between the two sides and was allowed to, each in words; only prompts that both have are then compared.</summary>
    [Id(11)]
    public ImmutableArray<string> Mismatches { get; init; } = [];

    /// <summary>What a search for the suite's prompts in the training data found; null where nobody searched.</summary>
    [Id(12)]
    public SuiteOverlap? Overlap { get; init; }

    /// <summary>The trainer's own figures on both sides.</summary>
    [Id(13)]
    public ImmutableArray<TaskChange> Tasks { get; init; } = [];

    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
