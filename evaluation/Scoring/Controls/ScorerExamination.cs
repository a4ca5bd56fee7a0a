using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What one version of a scorer makes of the positive controls.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Scorer">Who was examined.</param>
/// <param name="Results">How it ranked the pairs, for all eight dimensions.</param>
public sealed record ScorerExamination(int Version, ScorerIdentity Scorer, ImmutableSortedDictionary<Dimension, ControlResult> Results)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Dimensions on which it cannot tell good answers from bad ones: they may be shown, and never pass.</summary>
    [JsonIgnore]
    public ImmutableArray<Dimension> Blind => [.. Results.Where(pair => pair.Value.Blind).Select(pair => pair.Key)];

    /// <summary>How many pairs of how many it ranked rightly, by dimension.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<Dimension, ControlShare> Shares =>
        Results.ToImmutableSortedDictionary(pair => pair.Key, pair => new ControlShare(pair.Value.Pairs - pair.Value.Missed.Length, pair.Value.Pairs));

    /// <summary>Whether it answered for every pair; what failed is no finding to keep.</summary>
    [JsonIgnore]
    public bool Complete => Results.Values.All(result => result.Failed == 0);
}
