namespace RailCluster.Generation.Tests;

/// <summary>
/// A two-layer attention decoder with seeded weights, in two independent forms: an ONNX graph of plain operators with a KV cache, mask and
/// positions, and <see cref="Logits"/>, which computes the same from the whole sequence in plain C#.
/// </summary>
internal sealed class TinyDecoder
{
    public const int Layers = 2;
    public const int Heads = 2;
    public const int Size = 8;
    public const int Width = Heads * Size;
    public const int MostPositions = 1024;

    private readonly Dictionary<string, float[]> _weights = new(StringComparer.Ordinal);

    public TinyDecoder(int vocabulary, int seed = 1)
    {
        Vocabulary = vocabulary;
        var random = new Random(seed);
        Fill("embed", vocabulary * Width, 1.0);
        Fill("places", MostPositions * Width, 0.7);
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (string name in new[] { "q", "k", "v", "o" })
                Fill($"{name}{layer}", Width * Width, 0.4);
        }

        Fill("head", Width * vocabulary, 0.5);

        void Fill(string name, int count, double scale) =>
            _weights[name] = [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))];
    }

    public int Vocabulary { get; }

    public int CacheType { get; init; } = OnnxGraphBuilder.Float;

    public bool WithPositions { get; init; } = true;

    public bool WithLogitsToKeep { get; init; }

    public string? ExtraInput { get; init; }

    public string? ExternalFile { get; init; }

    /// <summary>What the graph calls the size of its logits, where it is not to be a number.</summary>
    public string? DeclaredVocabulary { get; init; }

    public byte[]? External { get; private set; }

    /// <summary>Makes every computation that sees a token give what is no number.</summary>
    public void Poison(int token) => Array.Fill(_weights["embed"], float.NaN, token * Width, Width);

    /// <summary>Logits after the last token of a sequence.</summary>
    public double[] Logits(IReadOnlyList<int> tokens)
    {
        double[][] x = [.. tokens.Select((token, at) => Enumerable.Range(0, Width)
            .Select(i => (double)_weights["embed"][token * Width + i] + _weights["places"][at * Width + i]).ToArray())];
        for (int layer = 0; layer < Layers; layer++)
        {
            double[][] q = [.. x.Select(row => Times(row, $"q{layer}", Width))];
            double[][] k = [.. x.Select(row => Times(row, $"k{layer}", Width))];
            double[][] v = [.. x.Select(row => Times(row, $"v{layer}", Width))];
            x = [.. x.Select((row, at) => Add(row, Times(Attend(q[at], k, v, at), $"o{layer}", Width)))];
        }

        return Times(x[^1], "head", Vocabulary);
    }

    public byte[] ToOnnx()
    {
        var g = new OnnxGraphBuilder { ExternalFile = ExternalFile };
        DeclareInputs(g);
        foreach ((string name, float[] values) in _weights)
        {
            int columns = name == "head" ? Vocabulary : Width;
            g.Weights(name, values, values.Length / columns, columns);
        }

        string total = g.Node("Gather", [g.Node("Shape", ["attention_mask"]), g.Scalar(1)], attributes: ("axis", [0]));
        string fresh = g.Node("Gather", [g.Node("Shape", ["input_ids"]), g.Scalar(1)], attributes: ("axis", [0]));
        string past = g.Node("Sub", [total, fresh]);
        string rows = g.Node("Range", [past, total, g.Scalar(1)]);
        string allowed = Allowed(g, total, rows);
        string x = g.Node("Add", [
            g.Node("Gather", ["embed", "input_ids"], attributes: ("axis", [0])),
            g.Node("Gather", ["places", WithPositions ? "position_ids" : rows], attributes: ("axis", [0]))]);
        for (int layer = 0; layer < Layers; layer++)
            x = Layer(g, layer, x, allowed);
        if (WithLogitsToKeep)
            x = g.Node("Slice", [x, g.Node("Neg", ["num_logits_to_keep"]), g.Integers(long.MaxValue), g.Integers(1)]);
        g.Node("MatMul", [x, "head"], "logits");
        g.Output("logits", OnnxGraphBuilder.Float, "batch", "sequence", DeclaredVocabulary is { } free ? free : Vocabulary);
        byte[] bytes = g.Build();
        External = g.External;
        return bytes;
    }

    private void DeclareInputs(OnnxGraphBuilder g)
    {
        g.Input("input_ids", OnnxGraphBuilder.Int64, "batch", "sequence");
        g.Input("attention_mask", OnnxGraphBuilder.Int64, "batch", "total");
        if (WithPositions)
            g.Input("position_ids", OnnxGraphBuilder.Int64, "batch", "sequence");
        if (WithLogitsToKeep)
            g.Input("num_logits_to_keep", OnnxGraphBuilder.Int64, 1);
        if (ExtraInput is not null)
            g.Input(ExtraInput, OnnxGraphBuilder.Float, "batch");
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (string part in new[] { "key", "value" })
            {
                g.Input($"past_key_values.{layer}.{part}", CacheType, "batch", Heads, "past", Size);
                g.Output($"present.{layer}.{part}", CacheType, "batch", Heads, "total", Size);
            }
        }
    }

    private static string Allowed(OnnxGraphBuilder g, string total, string rows)
    {
        string columns = g.Node("Range", [g.Scalar(0), total, g.Scalar(1)]);
        string causal = g.Node("LessOrEqual", [columns, g.Node("Unsqueeze", [rows, g.Integers(1)])]);
        string mask = g.Node("Greater", ["attention_mask", g.Scalar(0)]);
        return g.Node("And", [causal, g.Node("Unsqueeze", [mask, g.Integers(1, 2)])]);
    }

    private static string Layer(OnnxGraphBuilder g, int layer, string x, string allowed)
    {
        string Split(string name) => g.Node(
            "Transpose", [g.Node("Reshape", [g.Node("MatMul", [x, $"{name}{layer}"]), g.Integers(0, 0, Heads, Size)])], attributes: ("perm", [0, 2, 1, 3]));
        string key = g.Node("Concat", [$"past_key_values.{layer}.key", Split("k")], $"present.{layer}.key", attributes: ("axis", [2]));
        string value = g.Node("Concat", [$"past_key_values.{layer}.value", Split("v")], $"present.{layer}.value", attributes: ("axis", [2]));
        string scores = g.Node("MatMul", [Split("q"), g.Node("Transpose", [key], attributes: ("perm", [0, 1, 3, 2]))]);
        string low = g.Node("Cast", [g.Scalar(-1_000_000)], attributes: ("to", [OnnxGraphBuilder.Float]));
        string weights = g.Node("Softmax", [g.Node("Where", [allowed, scores, low])], attributes: ("axis", [3]));
        string joined = g.Node("Transpose", [g.Node("MatMul", [weights, value])], attributes: ("perm", [0, 2, 1, 3]));
        string output = g.Node("MatMul", [g.Node("Reshape", [joined, g.Integers(0, 0, Width)]), $"o{layer}"]);
        return g.Node("Add", [x, output]);
    }

    private static double[] Attend(double[] q, double[][] k, double[][] v, int at)
    {
        var output = new double[Width];
        for (int head = 0; head < Heads; head++)
        {
            int first = head * Size;
            var weights = new double[at + 1];
            for (int j = 0; j <= at; j++)
            {
                for (int i = first; i < first + Size; i++)
                    weights[j] += q[i] * k[j][i];
            }

            double most = weights.Max();
            for (int j = 0; j <= at; j++)
                weights[j] = Math.Exp(weights[j] - most);
            double sum = weights.Sum();
            for (int j = 0; j <= at; j++)
            {
                for (int i = first; i < first + Size; i++)
                    output[i] += weights[j] / sum * v[j][i];
            }
        }

        return output;
    }

    private double[] Times(double[] row, string name, int columns)
    {
        float[] weights = _weights[name];
        var output = new double[columns];
        for (int i = 0; i < row.Length; i++)
        {
            for (int column = 0; column < columns; column++)
                output[column] += row[i] * weights[i * columns + column];
        }

        return output;
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left + right)];
}
