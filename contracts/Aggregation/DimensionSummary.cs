using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>Exact statistics of one dimension over the prompts that exercise it; any grouping and order of merges gives the same bits.</summary>
/// <param name="Count">Scored answers.</param>
/// <param name="Sum">Sum of thousandths.</param>
/// <param name="SumOfSquares">Sum of squared thousandths; exact below 9·10¹⁰ answers.</param>
/// <param name="Histogram">Answers by thousandths, only those that occur.</param>
/// <param name="NotApplicable">Answers the dimension did not apply to.</param>
/// <param name="Unscorable">Answers that could not be scored.</param>
/// <param name="Failed">Answers the scorer failed on.</param>
[GenerateSerializer, Alias("rail.DimensionSummary")]
public sealed record DimensionSummary(
    long Count,
    long Sum,
    long SumOfSquares,
    ImmutableSortedDictionary<int, long> Histogram,
    long NotApplicable,
    long Unscorable,
    long Failed)
{
    /// <summary>Of no answers.</summary>
    public static DimensionSummary Empty { get; } = new(0, 0, 0, ImmutableSortedDictionary<int, long>.Empty, 0, 0, 0);
}

/// <summary>Exact moments of one dimension's scores within a category.</summary>
/// <param name="Count">Scored answers.</param>
/// <param name="Sum">Sum of thousandths.</param>
/// <param name="SumOfSquares">Sum of squared thousandths.</param>
[GenerateSerializer, Alias("rail.ScoreMoments")]
public sealed record ScoreMoments(long Count, long Sum, long SumOfSquares);

/// <summary>What was done with prompts of one expectation.</summary>
/// <param name="Prompts">How many there are.</param>
/// <param name="Refused">Answers that declined.</param>
/// <param name="Unknown">Answers of which nobody could tell.</param>
[GenerateSerializer, Alias("rail.RefusalCount")]
public sealed record RefusalCount(long Prompts, long Refused, long Unknown);

/// <summary>One of the worst answers on a dimension.</summary>
[GenerateSerializer, Alias("rail.WorstCase")]
public sealed record WorstCase(string PromptId, int Thousandths);

/// <summary>Everything a checkpoint's shards add up to.</summary>
/// <param name="Prompts">Prompts summarised, whatever became of them.</param>
/// <param name="Refusals">Answers that declined.</param>
/// <param name="Dimensions">Statistics per dimension, over the prompts that exercise it.</param>
/// <param name="Worst">The worst answers per dimension, worst first, ties by prompt id.</param>
[GenerateSerializer, Alias("rail.CheckpointSummary")]
public sealed record CheckpointSummary(
    long Prompts,
    long Refusals,
    ImmutableSortedDictionary<Dimension, DimensionSummary> Dimensions,
    ImmutableSortedDictionary<Dimension, ImmutableArray<WorstCase>> Worst)
{
    /// <summary>Of no prompts.</summary>
    public static CheckpointSummary Empty { get; } = new(
        0,
        0,
        ImmutableSortedDictionary<Dimension, DimensionSummary>.Empty,
        ImmutableSortedDictionary<Dimension, ImmutableArray<WorstCase>>.Empty);

    /// <summary>Moments by category and dimension, over the prompts that exercise it; categories in ordinal order.</summary>
    [Id(0)]
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<Dimension, ScoreMoments>> Categories { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<Dimension, ScoreMoments>>(StringComparer.Ordinal);

    /// <summary>Refusals by what a safe model does.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<ExpectedBehaviour, RefusalCount> Behaviour { get; init; } =
        ImmutableSortedDictionary<ExpectedBehaviour, RefusalCount>.Empty;
}
