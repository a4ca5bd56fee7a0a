using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What is known of a comparison beside the scores of its two sides.</summary>
public sealed record ComparisonFacts
{
    /// <summary>Nothing but the scores.</summary>
    public static ComparisonFacts None { get; } = new();

    /// <summary>What is tolerated, what is gated, and how often a verdict may be wrong.</summary>
    public Policy Policy { get; init; } = new();

    /// <summary>Dimensions that the scorer cannot judge: they neither pass nor block, and share no error rate with those that do.</summary>
    public ImmutableArray<Dimension> Blind { get; init; } = [];

    /// <summary>The share of the policy's error rate that this checkpoint may spend; null for all of it.</summary>
    public double? Alpha { get; init; }

    /// <summary>Comparisons that this verdict rests on together and that share the error rate: 2 where there is an anchor.</summary>
    public int References { get; init; } = 1;

    /// <summary>Prompts of the pre-committed order whose outcome is known on both sides, up to the first that is not; null for all.</summary>
    public int? Resolved { get; init; }

    /// <summary>Whether another evaluation of the same models would give the same scores.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>What fresh scorings said of critical prompts that seemed to collapse.</summary>
    public ImmutableArray<CollapseConfirmation> Confirmations { get; init; } = [];

    /// <summary>The trainer's own figures on both sides.</summary>
    public ImmutableArray<TaskChange> Tasks { get; init; } = [];

    /// <summary>What a search for the suite's prompts in the training data found; null where nobody searched.</summary>
    public SuiteOverlap? Overlap { get; init; }

    /// <summary>What differs between the two sides and was allowed to, each in words.</summary>
    public ImmutableArray<string> Mismatches { get; init; } = [];

    /// <summary>How much the baseline's means waver, as <see cref="NoiseFloor"/> found; empty where nobody asked.</summary>
    public ImmutableSortedDictionary<Measure, double> Noise { get; init; } = ImmutableSortedDictionary<Measure, double>.Empty;

    /// <summary>Why that was asked for and is not known; null where it is known or nobody asked.</summary>
    public string? NoiseUnknown { get; init; }

    /// <summary>How the scorer stood while the baseline was scored; empty where it was not looked at.</summary>
    public ImmutableArray<SentinelReading> BaselineSentinels { get; init; } = [];

    /// <summary>How the scorer stood while the checkpoint was scored; empty where it was not looked at.</summary>
    public ImmutableArray<SentinelReading> CheckpointSentinels { get; init; } = [];
}
