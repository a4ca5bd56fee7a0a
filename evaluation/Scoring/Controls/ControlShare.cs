namespace RailCluster.Evaluation;

/// <summary>How a scorer did on the control pairs of one dimension, for a reader.</summary>
/// <param name="Right">Pairs ranked rightly.</param>
/// <param name="Pairs">Pairs in all.</param>
public sealed record ControlShare(int Right, int Pairs)
{
    /// <summary>Such as <c>17/20</c>.</summary>
    public override string ToString() => $"{Right}/{Pairs}";
}
