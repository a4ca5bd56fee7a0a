namespace RailCluster.Evaluation;

/// <summary>
/// Twenty bettors with fixed stakes, the boldest just short of losing all: none of them needs to know how far off the hypothesis is, and the
/// mixture does nearly as well as the best.
/// </summary>
public sealed class GridMixture : IBets
{
    private const double Boldest = 0.95;

    /// <inheritdoc/>
    public int Bettors => 20;

    /// <inheritdoc/>
    public void Place(double first, double mean, Span<double> stakes)
    {
        var most = Boldest / mean;
        for (var k = 0; k < stakes.Length; k++) stakes[k] = Math.Min(Boldest * (k + 1) / (Bettors * first), most);
    }

    /// <inheritdoc/>
    public void See(double value)
    {
        // Its stakes do not depend on what was seen, but for the mean.
    }
}
