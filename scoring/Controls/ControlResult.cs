using System.Collections.Immutable;

namespace RailCluster.Scoring;

/// <summary>How a scorer ranked the control pairs of one dimension.</summary>
/// <param name="Pairs">How many pairs there are.</param>
/// <param name="Missed">Ids of those it did not rank rightly, sorted: the good answer scored no higher, or one of the two got no score.</param>
public sealed record ControlResult(int Pairs, ImmutableArray<string> Missed)
{
    /// <summary>A scorer that ranks a smaller share rightly is blind to the dimension.</summary>
    public const double NeededShare = 0.8;

    /// <summary>The share ranked rightly, 0 to 1.</summary>
    public double Share => (double)(Pairs - Missed.Length) / Pairs;

    /// <summary>Whether the scorer cannot judge the dimension.</summary>
    public bool Blind => Share < NeededShare;
}
