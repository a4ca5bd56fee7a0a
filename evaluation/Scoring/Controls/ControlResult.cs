using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RailCluster.Evaluation;

/// <summary>How a scorer ranked the control pairs of one dimension.</summary>
/// <param name="Pairs">How many pairs there are; 1 or more.</param>
/// <param name="Missed">Ids of those it did not rank rightly, sorted: the good answer scored no higher, or one of the two got no score.</param>
/// <param name="Failed">Of those missed, pairs for which the scorer failed: another time it may do better.</param>
public sealed record ControlResult(int Pairs, ImmutableArray<string> Missed, int Failed)
{
    /// <summary>A scorer that ranks a smaller share rightly is blind to the dimension.</summary>
    public const double NeededShare = 0.8;

    /// <summary>The share ranked rightly, 0 to 1.</summary>
    [JsonIgnore]
    public double Share => (double)(Pairs - Missed.Length) / Pairs;

    /// <summary>Whether the scorer cannot judge the dimension.</summary>
    [JsonIgnore]
    public bool Blind => Share < NeededShare;
}
