namespace RailCluster.Training;

/// <summary>Draws examples from pools with fixed weights; the sequence is a function of the seed.</summary>
public sealed class ExampleSource
{
    private readonly List<(double Weight, IReadOnlyList<TrainingExample> Examples)> _pools = [];
    private readonly Random _random;
    private double _total;

    public ExampleSource(int seed) => _random = new Random(seed);

    /// <summary>Adds a pool; empty pools are ignored.</summary>
    public ExampleSource With(double weight, IReadOnlyList<TrainingExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0 || weight <= 0)
            return this;
        _pools.Add((weight, examples));
        _total += weight;
        return this;
    }

    /// <summary>The next examples.</summary>
    public IReadOnlyList<TrainingExample> Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => DrawOne())];

    private TrainingExample DrawOne()
    {
        var left = _random.NextDouble() * _total;
        var chosen = _pools.Count - 1;
        for (var i = 0; i < _pools.Count; i++)
        {
            left -= _pools[i].Weight;
            if (left >= 0)
                continue;
            chosen = i;
            break;
        }
        var examples = _pools[chosen].Examples;
        return examples[_random.Next(examples.Count)];
    }
}
