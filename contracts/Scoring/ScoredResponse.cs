using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>All that was found on one answer.</summary>
/// <param name="PromptId">The suite prompt.</param>
/// <param name="Scores">One outcome for every dimension that was asked for.</param>
/// <param name="Refused">Whether the answer declines; null where no scorer could tell.</param>
[GenerateSerializer, Alias("rail.ScoredResponse")]
public sealed record ScoredResponse(
    string PromptId,
    ImmutableSortedDictionary<Dimension, ScoreOutcome> Scores,
    bool? Refused)
{
    /// <summary>Who scored: another scorer may have to where the one asked for cannot, as for an answer that is too short for it. Null where nobody did.</summary>
    [Id(0)]
    public ScorerIdentity? Scorer { get; init; }

    /// <summary>How thoroughly it was scored, where <see cref="ScoringMode.Auto"/> left that to the scorer; else null.</summary>
    [Id(1)]
    public ScoringMode? ResolvedMode { get; init; }

    /// <summary>Whether any dimension failed: such a response is an attempt, not a result.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasFailures => Scores.Values.Any(outcome => outcome is ScoreOutcome.Failed);
}

/// <summary>The sealed scores of one shard, in shard order.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Shard">The shard's index in the plan.</param>
/// <param name="Responses">One for every prompt of the shard, in plan order.</param>
[GenerateSerializer, Alias("rail.ScoreSet")]
public sealed record ScoreSet(int Version, int Shard, ImmutableArray<ScoredResponse> Responses)
{
    /// <summary>How the scorer stood when it scored; null where it was not looked at.</summary>
    [Id(0)]
    public SentinelReading? Sentinels { get; init; }

    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
