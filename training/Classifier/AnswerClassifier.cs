using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>
/// A small classifier of answers: token embeddings, a convolution over three tokens, means and the strongest of each channel over the answer's
/// tokens, a mean over the prompt's, and one logit for each of <see cref="ClassifierConfig.Outputs"/>. Padding counts nowhere.
/// </summary>
public sealed class AnswerClassifier : IDisposable
{
    private readonly SortedDictionary<string, Parameter> _weights = new(StringComparer.Ordinal);

    /// <summary>A classifier with fresh weights drawn from the seed.</summary>
    public AnswerClassifier(ClassifierConfig config, int seed)
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        var generator = new GaussianSource(seed);
        foreach (var (name, shape, scale) in ClassifierShapes.Of(config))
        {
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)(scale * generator.Next());
            _weights[name] = new Parameter(tensor(values, shape));
        }
    }

    public ClassifierConfig Config { get; }

    /// <summary>What an optimiser trains.</summary>
    public IEnumerable<Parameter> Parameters => _weights.Values;

    /// <summary>Copies the weights out.</summary>
    public IReadOnlyDictionary<string, WeightArray> Snapshot() => _weights.ToDictionary(
        entry => entry.Key,
        entry => new WeightArray([.. entry.Value.shape], entry.Value.data<float>().ToArray()),
        StringComparer.Ordinal);

    /// <summary>Logits [B, outputs] of a batch.</summary>
    public Tensor Logits(ClassifierBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        long[] shape = [batch.Rows, batch.Length];
        using var scope = NewDisposeScope();
        var mask = tensor(batch.Mask, shape).unsqueeze(-1);
        var answer = mask * tensor(batch.Types, shape).unsqueeze(-1);
        var prompt = mask - answer;
        var embedded = _weights[ClassifierShapes.Embedding].index_select(0, tensor(batch.Tokens)).view(batch.Rows, batch.Length, Config.Width) * mask;
        var seen = nn.functional.conv1d(
            embedded.transpose(1, 2), _weights[ClassifierShapes.Convolution], _weights[ClassifierShapes.ConvolutionBias], padding: ClassifierShapes.Window / 2);
        var strongest = (seen.relu().transpose(1, 2) * answer).amax([1]);
        var pooled = cat([Mean(embedded, answer), strongest, Mean(embedded, prompt)], -1);
        var hidden = Linear(pooled, ClassifierShapes.Hidden, ClassifierShapes.HiddenBias).relu();
        return Linear(hidden, ClassifierShapes.Output, ClassifierShapes.OutputBias).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (var weight in _weights.Values)
            weight.Dispose();
    }

    private static Tensor Mean(Tensor embedded, Tensor counted) => (embedded * counted).sum(1) / counted.sum(1).clamp_min(1);

    private Tensor Linear(Tensor x, string weight, string bias) => x.matmul(_weights[weight].t()) + _weights[bias];
}
