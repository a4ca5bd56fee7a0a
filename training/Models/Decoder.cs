using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>
/// A Llama-style decoder on TorchSharp: RMSNorm, half-split rotary positions, grouped-query attention, SwiGLU and
/// tied embeddings. It reads whole right-padded sequences; step-by-step decoding runs on the exported graph.
/// </summary>
public sealed class Decoder : IDisposable
{
    private readonly SortedDictionary<string, Parameter> _weights = new(StringComparer.Ordinal);
    private readonly Tensor _frequencies;

    /// <summary>A decoder with fresh weights drawn from the seed.</summary>
    public Decoder(DecoderConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        _frequencies = tensor(config.RotaryFrequencies());
        var generator = new GaussianSource(seed);
        foreach (var (name, shape, scale) in DecoderShapes.Of(config))
            _weights[name] = Fresh(shape, scale, generator);
    }

    /// <summary>A decoder with the weights of a snapshot.</summary>
    public Decoder(DecoderWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Config = weights.Config;
        _frequencies = tensor(Config.RotaryFrequencies());
        foreach (var (name, array) in weights.Arrays)
            _weights[name] = new Parameter(tensor(array.Values, array.Shape));
    }

    public DecoderConfig Config { get; }

    /// <summary>What an optimiser trains.</summary>
    public IEnumerable<Parameter> Parameters => _weights.Values;

    /// <summary>Copies the weights out.</summary>
    public DecoderWeights Snapshot() => new(Config, _weights.ToDictionary(
        entry => entry.Key,
        entry => new WeightArray([.. entry.Value.shape], entry.Value.data<float>().ToArray()),
        StringComparer.Ordinal));

    /// <summary>Hidden states [B, S, hidden] after the last norm, for int64 tokens [B, S].</summary>
    public Tensor Hidden(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var length = tokens.shape[1];
        var angles = arange(length, dtype: ScalarType.Float32).unsqueeze(1) * _frequencies;
        var turned = cat([angles, angles], -1);
        var (cosine, sine) = (turned.cos(), turned.sin());
        var ahead = ones(length, length, dtype: ScalarType.Bool).triu(1);
        var x = _weights[WeightNames.Embedding].index_select(0, tokens.reshape(-1)).view(-1, length, Config.HiddenSize);
        for (var layer = 0; layer < Config.Layers; layer++)
        {
            x += Attend(Norm(x, WeightNames.AttentionNorm(layer)), layer, cosine, sine, ahead);
            x += FeedForward(Norm(x, WeightNames.FeedForwardNorm(layer)), layer);
        }
        return Norm(x, WeightNames.FinalNorm);
    }

    /// <summary>Logits over the vocabulary for hidden states whose last axis is the hidden one.</summary>
    public Tensor Project(Tensor hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        return hidden.matmul(_weights[WeightNames.Embedding].t());
    }

    /// <summary>Logits [B, S, V] for int64 tokens [B, S].</summary>
    public Tensor Logits(Tensor tokens) => Project(Hidden(tokens));

    public void Dispose()
    {
        _frequencies.Dispose();
        foreach (var weight in _weights.Values)
            weight.Dispose();
    }

    private Tensor Attend(Tensor x, int layer, Tensor cosine, Tensor sine, Tensor ahead)
    {
        var (batch, length) = (x.shape[0], x.shape[1]);
        var (groups, shared, width) = (Config.KeyValueHeads, Config.HeadsPerGroup, Config.HeadSize);
        var query = Linear(x, WeightNames.Query(layer)).view(batch, length, groups, shared, width).permute(0, 2, 3, 1, 4);
        var key = Linear(x, WeightNames.Key(layer)).view(batch, length, groups, 1, width).permute(0, 2, 3, 1, 4);
        var value = Linear(x, WeightNames.Value(layer)).view(batch, length, groups, 1, width).permute(0, 2, 3, 1, 4);
        var scores = Rotate(query, cosine, sine).matmul(Rotate(key, cosine, sine).transpose(-1, -2)) / Math.Sqrt(width);
        var mixed = scores.masked_fill(ahead, float.NegativeInfinity).softmax(-1).matmul(value);
        return Linear(mixed.permute(0, 3, 1, 2, 4).reshape(batch, length, -1), WeightNames.Output(layer));
    }

    private static Tensor Rotate(Tensor x, Tensor cosine, Tensor sine)
    {
        var halves = x.chunk(2, -1);
        return (x * cosine) + (cat([-halves[1], halves[0]], -1) * sine);
    }

    private Tensor FeedForward(Tensor x, int layer)
    {
        var gate = nn.functional.silu(Linear(x, WeightNames.Gate(layer)));
        return Linear(gate * Linear(x, WeightNames.Up(layer)), WeightNames.Down(layer));
    }

    private Tensor Norm(Tensor x, string name) =>
        x * (x.square().mean([-1], keepdim: true) + Config.NormEpsilon).rsqrt() * _weights[name];

    private Tensor Linear(Tensor x, string name) => x.matmul(_weights[name].t());

    private static Parameter Fresh(long[] shape, double scale, GaussianSource generator)
    {
        var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
        for (var i = 0; i < values.Length; i++)
            values[i] = scale == 0 ? 1f : (float)(scale * generator.Next());
        return new Parameter(tensor(values, shape));
    }
}
