using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>A range that holds the true value at every look together with the stated probability on each side.</summary>
/// <param name="Low">Lower end, in points or as a share.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Probability that one end holds, such as 0.95.</param>
[GenerateSerializer, Alias("rail.Interval")]
public sealed record Interval(double Low, double High, double Level);

/// <summary>What the two processes of a measure have shown over a prefix of the pre-committed order.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Read">Its units (prompts, or groups of them for a population) within the prefix.</param>
/// <param name="Total">Its units in the suite.</param>
/// <param name="BlockLog">Natural logarithm of the largest evidence so far that the mean drop exceeds the tolerance; 0 for none.</param>
/// <param name="PassLog">The same that the mean drop is below the tolerance.</param>
/// <param name="Blocks">Whether the first is enough, among all gated measures together.</param>
/// <param name="Passes">Whether the second is enough.</param>
[GenerateSerializer, Alias("rail.MeasureEvidence")]
public sealed record MeasureEvidence(Measure Measure, int Read, int Total, double BlockLog, double PassLog, bool Blocks, bool Passes)
{
    /// <summary>Prompts of the order after which the evidence to block was enough; null where it never was.</summary>
    [Id(0)]
    public int? BlockedAt { get; init; }

    /// <summary>Prompts of the order after which the evidence to pass was enough; null where it never was.</summary>
    [Id(1)]
    public int? PassedAt { get; init; }
}

/// <summary>What the processes of all gated measures have shown over one common prefix of the pre-committed order.</summary>
/// <param name="Read">Prompts of the order in the prefix.</param>
/// <param name="Total">Prompts in the suite.</param>
/// <param name="Target">What is claimed.</param>
/// <param name="Alpha">The share of the policy's error rate that this checkpoint may spend.</param>
/// <param name="Measures">Of every measure that is gated, has prompts and can be judged, in order.</param>
[GenerateSerializer, Alias("rail.SequentialReading")]
public sealed record SequentialReading(int Read, int Total, EvidenceTarget Target, double Alpha, ImmutableArray<MeasureEvidence> Measures)
{
    /// <summary>Whether the whole suite is in.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsComplete => Read == Total;

    /// <summary>Prompts after which a Block was sure for the first time; null where it never was.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? BlockedAt => Measures.Min(one => one.BlockedAt);

    /// <summary>Prompts after which a Pass was sure on every measure; null where it never was.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int? PassedAt => Measures.IsEmpty || Measures.Any(one => one.PassedAt is null) ? null : Measures.Max(one => one.PassedAt);
}
