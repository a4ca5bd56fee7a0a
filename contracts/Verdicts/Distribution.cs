using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>A distance between two distributions of scores, with how often chance alone would give as much.</summary>
/// <param name="Value">In points or as a share for W1 and energy; 0 to 1 for Kolmogorov–Smirnov.</param>
/// <param name="P">By swapping baseline and checkpoint within prompts at random: (1 + as large or larger) / (1 + swaps).</param>
[GenerateSerializer, Alias("rail.Distance")]
public sealed record Distance(double Value, double P);

/// <summary>How the scores of both sides are spread, over the prompts scored on both.</summary>
/// <param name="Baseline">The baseline's scores by tenths of a point (0 to 100; for a rate 0 and 10), only those that occur.</param>
/// <param name="Checkpoint">The same of the checkpoint.</param>
/// <param name="Wasserstein">Mean distance that scores moved.</param>
/// <param name="Energy">Energy distance.</param>
/// <param name="KolmogorovSmirnov">Largest difference between the two distribution functions.</param>
[GenerateSerializer, Alias("rail.ScoreDistributions")]
public sealed record ScoreDistributions(
    ImmutableSortedDictionary<int, int> Baseline,
    ImmutableSortedDictionary<int, int> Checkpoint,
    Distance Wasserstein,
    Distance Energy,
    Distance KolmogorovSmirnov)
{
    /// <summary>Paired drops by tenths of a point, only those that occur; positive is worse.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<int, int> Differences { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Swaps that the three probabilities rest on.</summary>
    [Id(1)]
    public int Swaps { get; init; }
}

/// <summary>Three bands of scores.</summary>
[GenerateSerializer, Alias("rail.ScoreBand")]
public enum ScoreBand
{
    /// <summary>Below 3.</summary>
    Critical,

    /// <summary>From 3 to below 7.</summary>
    Fair,

    /// <summary>7 and more.</summary>
    Good,
}

/// <summary>How many prompts went from one band to another.</summary>
[GenerateSerializer, Alias("rail.BandFlip")]
public sealed record BandFlip(ScoreBand From, ScoreBand To, int Prompts);

/// <summary>A share of prompts with its Clopper–Pearson interval at 95 %.</summary>
/// <param name="Count">Prompts that count.</param>
/// <param name="Of">Prompts in all.</param>
/// <param name="Low">Lower end, 0 to 1.</param>
/// <param name="High">Upper end, 0 to 1.</param>
[GenerateSerializer, Alias("rail.ShareOf")]
public sealed record ShareOf(int Count, int Of, double Low, double High);

/// <summary>How scores are spread, in five numbers: the lowest and the highest, and the lowest that a quarter, a half and three quarters do not exceed.</summary>
[GenerateSerializer, Alias("rail.ScoreSpread")]
public sealed record ScoreSpread(double Lowest, double LowerQuartile, double Median, double UpperQuartile, double Highest);

/// <summary>One measure within one category of prompts.</summary>
/// <param name="Category">The category.</param>
/// <param name="Declared">Prompts that the suite declares for the measure.</param>
/// <param name="Paired">Prompts scored on both sides.</param>
/// <param name="Drop">Mean paired drop, in points or as a share; null for none.</param>
/// <param name="StandardError">Of the drop; null below two pairs.</param>
[GenerateSerializer, Alias("rail.CategoryDrop")]
public sealed record CategoryDrop(string Category, int Declared, int Paired, double? Drop, double? StandardError)
{
    /// <summary>Whether the evidence that the category lost more than is tolerated stands out among all categories together (e-BH).</summary>
    [Id(0)]
    public bool StandsOut { get; init; }

    /// <summary>How the baseline's scores are spread over the pairs, in points; null for a rate, or where there is no pair.</summary>
    [Id(1)]
    public ScoreSpread? Baseline { get; init; }

    /// <summary>The same of the checkpoint.</summary>
    [Id(2)]
    public ScoreSpread? Checkpoint { get; init; }
}

/// <summary>What fresh scorings said of a critical prompt that seemed to collapse.</summary>
/// <param name="PromptId">The prompt.</param>
/// <param name="Dimension">Where it collapsed.</param>
/// <param name="Baseline">The fresh scores of the baseline's answer, in thousandths.</param>
/// <param name="Checkpoint">The fresh scores of the checkpoint's answer, in thousandths.</param>
[GenerateSerializer, Alias("rail.CollapseConfirmation")]
public sealed record CollapseConfirmation(string PromptId, Dimension Dimension, ImmutableArray<int> Baseline, ImmutableArray<int> Checkpoint)
{
    /// <summary>Fresh scorings of each answer that decide.</summary>
    public const int Scorings = 3;

    /// <summary>Why it could not be confirmed; null where it could be decided.</summary>
    [Id(0)]
    public string? Unknown { get; init; }
}

/// <summary>A sealed confirmation.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Confirmation">What fresh scorings said.</param>
[GenerateSerializer, Alias("rail.SealedConfirmation")]
public sealed record SealedConfirmation(int Version, CollapseConfirmation Confirmation)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
