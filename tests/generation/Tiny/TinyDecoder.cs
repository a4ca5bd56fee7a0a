namespace RailCluster.Generation.Tests;

/// <summary>
/// A two-layer attention decoder with seeded weights, in two independent forms: an ONNX graph of plain operators with a KV cache, mask and
/// positions, and <see cref="Logits"/>, which computes the same from the whole sequence in plain C#.
/// </summary>
internal sealed partial class TinyDecoder
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

    /// <summary>Makes every computation that sees a token give what is no number.</summary>
    public void Poison(int token) => Array.Fill(_weights["embed"], float.NaN, token * Width, Width);

    /// <summary>Scales a token's logits.</summary>
    public void Favour(int token, float factor)
    {
        for (int i = token; i < Width * Vocabulary; i += Vocabulary)
            _weights["head"][i] *= factor;
    }

    /// <summary>Logits after the last token of a sequence.</summary>
    public double[] Logits(IReadOnlyList<int> tokens)
    {
        double[][] x = [.. tokens.Select((token, at) => Enumerable.Range(0, Width)
            .Select(i => (double)_weights["embed"][token * Width + i] + _weights["places"][at * Width + i]).ToArray())];
        for (int layer = 0; layer < Layers; layer++)
        {
            double[][] q = [.. x.Select(row => Project(row, $"q{layer}"))];
            double[][] k = [.. x.Select(row => Project(row, $"k{layer}"))];
            double[][] v = [.. x.Select(row => Project(row, $"v{layer}"))];
            x = [.. x.Select((row, at) => Add(row, Times(Attend(q[at], k, v, at), _weights[$"o{layer}"], Width)))];
        }

        return Times(x[^1], _weights["head"], Vocabulary);
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

    private static double[] Times(double[] row, float[] weights, int columns)
    {
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
