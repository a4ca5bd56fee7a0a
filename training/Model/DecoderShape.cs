namespace RailCluster.Training;

/// <summary>Sizes of a Llama-style decoder.</summary>
/// <param name="Vocabulary">Tokens.</param>
/// <param name="Hidden">Width of the residual stream.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="Heads">Query heads; <paramref name="Hidden"/> is a multiple.</param>
/// <param name="KeyValueHeads">Heads of keys and values; <paramref name="Heads"/> is a multiple.</param>
/// <param name="Intermediate">Width of the SwiGLU layer.</param>
/// <param name="Context">Most positions.</param>
public sealed record DecoderShape(
    int Vocabulary = 512,
    int Hidden = 96,
    int Layers = 3,
    int Heads = 4,
    int KeyValueHeads = 2,
    int Intermediate = 256,
    int Context = 256)
{
    /// <summary>Base of the rotary frequencies.</summary>
    public const double RopeTheta = 10_000;

    /// <summary>Added to the mean square before its root.</summary>
    public const float NormEpsilon = 1e-5f;

    /// <summary>Width of one head.</summary>
    public int HeadWidth => Hidden / Heads;

    /// <summary>Query heads that share one key and value head.</summary>
    public int Groups => Heads / KeyValueHeads;

    /// <summary>Cosines and sines of every position, each [Context, HeadWidth], the two halves alike (Hugging Face's convention).</summary>
    public (float[] Cosines, float[] Sines) RotaryTables()
    {
        var half = HeadWidth / 2;
        var cosines = new float[Context * HeadWidth];
        var sines = new float[Context * HeadWidth];
        for (var position = 0; position < Context; position++)
        {
            for (var index = 0; index < HeadWidth; index++)
            {
                var angle = position / Math.Pow(RopeTheta, 2.0 * (index % half) / HeadWidth);
                cosines[position * HeadWidth + index] = (float)Math.Cos(angle);
                sines[position * HeadWidth + index] = (float)Math.Sin(angle);
            }
        }

        return (cosines, sines);
    }
}
