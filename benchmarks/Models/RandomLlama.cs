using RailCluster.Training;

namespace RailCluster.Benchmarks;

/// <summary>
/// A Llama of random weights. Its head is its embedding shifted by one row, so that token t is followed by t + 1 and an answer ends exactly
/// where its length says: the work of a real decoder, with lengths that a benchmark chooses.
/// </summary>
internal static class RandomLlama
{
    public const int Vocabulary = 16384;
    public const int Context = 640;
    private const int Hidden = 512;
    private const int FeedForward = 1376;
    private const int Heads = 8;
    private const int KeyValueHeads = 4;

    // Residual branches are small beside it, so that what the current token says decides.
    private const double EmbeddingScale = 1;

    /// <summary>Bytes and the special tokens; prompts are token ids.</summary>
    public static BpeTokenizer Tokenizer { get; } = new([]);

    /// <summary>The end token.</summary>
    public static int Eos { get; } = Tokenizer.IdOf(SpecialTokens.End);

    /// <summary>Writes a model folder.</summary>
    /// <returns>Its number of weights.</returns>
    public static long Write(string folder, AttentionForm form, int millions, int seed)
    {
        DecoderConfig config = Config(millions);
        var weights = new DecoderWeights(config, Arrays(config, seed));
        ModelFolder.Write(folder, weights, Tokenizer, form);
        return weights.Count;
    }

    /// <summary>Writes a model where it is not there yet.</summary>
    /// <returns>Its folder.</returns>
    public static string WriteOnce(string models, string kind, int millions)
    {
        string folder = Path.Combine(models, $"llama-{millions}m-{kind}");
        if (!File.Exists(ModelFolder.Graph(folder)))
            Write(folder, Form(kind), millions, seed: 1);
        return folder;
    }

    /// <summary>The form that a kind's word stands for.</summary>
    public static AttentionForm Form(string kind) => kind == "gqa" ? AttentionForm.GroupQuery : AttentionForm.Plain;

    /// <summary>The shape that comes nearest to a number of weights by its number of layers.</summary>
    public static DecoderConfig Config(int millions)
    {
        const long outside = 2L * Vocabulary * Hidden;
        const long layer = (2L * Hidden * Hidden) + (2L * Hidden * Hidden * KeyValueHeads / Heads) + (3L * Hidden * FeedForward);
        return new DecoderConfig
        {
            VocabularySize = Vocabulary,
            HiddenSize = Hidden,
            FeedForwardSize = FeedForward,
            Heads = Heads,
            KeyValueHeads = KeyValueHeads,
            MaximumPositions = Context,
            Layers = (int)Math.Max(1, ((millions * 1_000_000L) - outside + (layer / 2)) / layer),
        };
    }

    private static Dictionary<string, WeightArray> Arrays(DecoderConfig config, int seed)
    {
        var source = new GaussianSource(seed);
        var arrays = new Dictionary<string, WeightArray>(StringComparer.Ordinal);
        foreach (var (name, shape, scale) in DecoderShapes.Of(config))
        {
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            double deviation = name == WeightNames.Embedding ? EmbeddingScale : scale;
            for (var i = 0; i < values.Length; i++)
                values[i] = deviation == 0 ? 1f : (float)(deviation * source.Next());
            arrays[name] = new WeightArray(shape, values);
        }

        WeightArray embedding = arrays[WeightNames.Embedding];
        float[] rows = embedding.Values;
        arrays[WeightNames.Head] = new WeightArray(embedding.Shape, [.. rows[^Hidden..], .. rows[..^Hidden]]);
        return arrays;
    }
}
