using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace RailCluster.Training;

/// <summary>A small Llama-style decoder: RMSNorm, rotary positions, grouped-query attention, SwiGLU, tied embeddings. [B, S] ids → [B, S, V] logits.</summary>
internal sealed class Decoder : Module<Tensor, Tensor>
{
    private readonly DecoderBlock[] _blocks;
    private readonly Tensor _cosines;
    private readonly Tensor _sines;

    public Decoder(DecoderShape shape, long seed)
        : base(nameof(Decoder))
    {
        random.manual_seed(seed);
        Shape = shape;
        Embedding = Parameter(randn(shape.Vocabulary, shape.Hidden) * 0.02);
        Norm = Parameter(ones(shape.Hidden));
        _blocks = [.. Enumerable.Range(0, shape.Layers).Select(_ => new DecoderBlock(shape))];
        var (cosines, sines) = shape.RotaryTables();
        _cosines = tensor(cosines, [shape.Context, shape.HeadWidth]);
        _sines = tensor(sines, [shape.Context, shape.HeadWidth]);
        register_parameter("embedding", Embedding);
        register_parameter("norm", Norm);
        for (var index = 0; index < _blocks.Length; index++) register_module($"block{index}", _blocks[index]);
    }

    public DecoderShape Shape { get; }

    public Parameter Embedding { get; }

    public Parameter Norm { get; }

    public IReadOnlyList<DecoderBlock> Blocks => _blocks;

    public override Tensor forward(Tensor input)
    {
        var length = (int)input.shape[1];
        var causal = ones([length, length], ScalarType.Bool).tril();
        var x = Embedding.index_select(0, input.flatten()).view(input.shape[0], length, Shape.Hidden);
        foreach (var block in _blocks) x = block.forward(x, _cosines[..length], _sines[..length], causal);
        return matmul(DecoderBlock.Normalise(x, Norm), Embedding.t());
    }
}

/// <summary>One block: attention, then SwiGLU, each behind an RMSNorm and a residual connection.</summary>
internal sealed class DecoderBlock : Module
{
    private readonly DecoderShape _shape;

    public DecoderBlock(DecoderShape shape)
        : base(nameof(DecoderBlock))
    {
        _shape = shape;
        var keyWidth = shape.KeyValueHeads * shape.HeadWidth;
        AttentionNorm = Parameter(ones(shape.Hidden));
        MlpNorm = Parameter(ones(shape.Hidden));
        Query = Weights(shape.Hidden, shape.Hidden);
        Key = Weights(shape.Hidden, keyWidth);
        Value = Weights(shape.Hidden, keyWidth);
        Out = Weights(shape.Hidden, shape.Hidden);
        Gate = Weights(shape.Hidden, shape.Intermediate);
        Up = Weights(shape.Hidden, shape.Intermediate);
        Down = Weights(shape.Intermediate, shape.Hidden);
        RegisterComponents();
    }

    public Parameter AttentionNorm { get; }

    public Parameter MlpNorm { get; }

    /// <summary>Each matrix is [in, out]: x·W.</summary>
    public Parameter Query { get; }

    public Parameter Key { get; }

    public Parameter Value { get; }

    public Parameter Out { get; }

    public Parameter Gate { get; }

    public Parameter Up { get; }

    public Parameter Down { get; }

    public static Tensor Normalise(Tensor x, Tensor weight) => x * rsqrt(x.square().mean([-1], keepdim: true) + DecoderShape.NormEpsilon) * weight;

    public Tensor forward(Tensor x, Tensor cosines, Tensor sines, Tensor causal)
    {
        x = x + Attend(Normalise(x, AttentionNorm), cosines, sines, causal);
        var h = Normalise(x, MlpNorm);
        return x + matmul(functional.silu(matmul(h, Gate)) * matmul(h, Up), Down);
    }

    private static Parameter Weights(int rows, int columns) => Parameter(randn(rows, columns) * Math.Sqrt(1.0 / rows));

    private static Tensor Rotate(Tensor x, Tensor cosines, Tensor sines)
    {
        var halves = x.chunk(2, -1);
        return x * cosines + cat([-halves[1], halves[0]], -1) * sines;
    }

    private Tensor Attend(Tensor h, Tensor cosines, Tensor sines, Tensor causal)
    {
        var (batch, length) = (h.shape[0], h.shape[1]);
        var queries = Rotate(Split(matmul(h, Query), _shape.Heads), cosines, sines);
        var keys = Rotate(Split(matmul(h, Key), _shape.KeyValueHeads), cosines, sines).repeat_interleave(_shape.Groups, 1);
        var values = Split(matmul(h, Value), _shape.KeyValueHeads).repeat_interleave(_shape.Groups, 1);
        var scores = matmul(queries, keys.transpose(-1, -2)) / Math.Sqrt(_shape.HeadWidth);
        var mixed = matmul(functional.softmax(scores.masked_fill(causal.logical_not(), -1e9), -1), values);
        return matmul(mixed.transpose(1, 2).reshape(batch, length, _shape.Hidden), Out);
    }

    private Tensor Split(Tensor x, int heads) => x.view(x.shape[0], x.shape[1], heads, _shape.HeadWidth).transpose(1, 2);
}
