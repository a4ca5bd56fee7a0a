namespace RailCluster.Training;

/// <summary>A snapshot of a decoder: fp32 values and shapes by Hugging Face name. Needs no libtorch.</summary>
public sealed class DecoderWeights(DecoderConfig config, IReadOnlyDictionary<string, WeightArray> arrays)
{
    public DecoderConfig Config { get; } = config;

    public IReadOnlyDictionary<string, WeightArray> Arrays { get; } = arrays;

    /// <summary>The array of that name.</summary>
    public WeightArray this[string name] => Arrays[name];

    /// <summary>Whether the logits come from the embedding.</summary>
    public bool TiesHead => !Arrays.ContainsKey(WeightNames.Head);

    /// <summary>Number of weights.</summary>
    public long Count => Arrays.Values.Sum(array => (long)array.Values.Length);
}

/// <summary>One tensor, row-major.</summary>
public sealed record WeightArray(long[] Shape, float[] Values)
{
    /// <summary>The transpose of a matrix.</summary>
    public WeightArray Transposed()
    {
        var (rows, columns) = ((int)Shape[0], (int)Shape[1]);
        var turned = new float[Values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[(column * rows) + row] = Values[(row * columns) + column];
        }
        return new WeightArray([columns, rows], turned);
    }
}
