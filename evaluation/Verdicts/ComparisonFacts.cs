using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What is known of a comparison beside the scores of its two sides.</summary>
public sealed record ComparisonFacts
{
    /// <summary>Nothing but the scores.</summary>
    public static ComparisonFacts None { get; } = new();

    /// <summary>Weights of the overall score; empty for equal ones.</summary>
    public ImmutableSortedDictionary<Dimension, double> Weights { get; init; } = ImmutableSortedDictionary<Dimension, double>.Empty;

    /// <summary>How much the baseline's means waver, as <see cref="NoiseFloor"/> found; empty where nobody asked.</summary>
    public ImmutableSortedDictionary<Measure, double> Noise { get; init; } = ImmutableSortedDictionary<Measure, double>.Empty;

    /// <summary>Why that was asked for and is not known; null where it is known or nobody asked.</summary>
    public string? NoiseUnknown { get; init; }

    /// <summary>How the scorer stood while the baseline was scored; empty where it was not looked at.</summary>
    public ImmutableArray<SentinelReading> BaselineSentinels { get; init; } = [];

    /// <summary>How the scorer stood while the checkpoint was scored; empty where it was not looked at.</summary>
    public ImmutableArray<SentinelReading> CheckpointSentinels { get; init; } = [];
}
