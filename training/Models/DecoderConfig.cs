namespace RailCluster.Training;

/// <summary>Shape of a Llama-style decoder with tied embeddings.</summary>
public sealed record DecoderConfig
{
    public required int VocabularySize { get; init; }

    public int HiddenSize { get; init; } = 96;

    public int Layers { get; init; } = 3;

    public int Heads { get; init; } = 4;

    public int KeyValueHeads { get; init; } = 2;

    public int FeedForwardSize { get; init; } = 256;

    public int MaximumPositions { get; init; } = 256;

    public double RotaryBase { get; init; } = 10000;

    public double NormEpsilon { get; init; } = 1e-5;

    /// <summary>Width of one head.</summary>
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Query heads that share one key-value head.</summary>
    public int HeadsPerGroup => Heads / KeyValueHeads;

    /// <summary>Rotary frequencies, one for each half-split pair: base^(-2i/headSize).</summary>
    public float[] RotaryFrequencies() =>
        [.. Enumerable.Range(0, HeadSize / 2).Select(i => (float)Math.Pow(RotaryBase, -2.0 * i / HeadSize))];
}
