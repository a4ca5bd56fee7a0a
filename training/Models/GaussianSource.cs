namespace RailCluster.Training;

/// <summary>Standard normal numbers from a seed (Box-Muller), the same on every machine and libtorch version.</summary>
internal sealed class GaussianSource(int seed)
{
    private readonly Random _random = new(seed);

    public double Next() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
