using RailCluster.Training.Onnx;
using DataType = RailCluster.Training.Onnx.TensorProto.Types.DataType;

namespace RailCluster.Training;

/// <summary>How a graph computes attention.</summary>
public enum AttentionForm
{
    /// <summary>
    /// Plain operators: a key is seen where it is not later than the query in the buffer <b>and</b> attention_mask has a one there, so holes from
    /// right padding stay unseen; positions come from position_ids alone.
    /// </summary>
    Plain,

    /// <summary>ONNX Runtime's GroupQueryAttention, which turns, keeps and masks by the length of each row; rows are padded on the right.</summary>
    GroupQuery,
}

/// <summary>Writes a decoder as an ONNX graph with a key-value cache, in Optimum's input and output names.</summary>
public sealed partial class DecoderGraph
{
    // Optimum's names, which some readers look for.
    private const string Batch = "batch_size", Sequence = "sequence_length", Past = "past_sequence_length", Total = "total_sequence_length";
    private readonly GraphBuilder _graph = new("decoder");
    private readonly DecoderWeights _weights;
    private readonly DecoderConfig _config;
    private readonly bool _grouped;
    private string _cosine = "", _sine = "", _mask = "";

    private DecoderGraph(DecoderWeights weights, bool grouped) => (_weights, _config, _grouped) = (weights, weights.Config, grouped);

    /// <summary>The ONNX model of these weights.</summary>
    public static ModelProto Build(DecoderWeights weights, AttentionForm form = AttentionForm.Plain)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var graph = new DecoderGraph(weights, form == AttentionForm.GroupQuery);
        graph.Write();
        return graph._graph.ToModel();
    }

    private void Write()
    {
        DeclareInputs();
        var embedding = _graph.Weight(WeightNames.Embedding, _weights[WeightNames.Embedding]);
        if (_grouped)
        {
            WriteGroupQueryInputs();
        }
        else
        {
            WriteRotaryAngles();
            WriteMask();
        }
        var x = _graph.Node("Gather", embedding, "input_ids");
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            var read = Norm(x, WeightNames.AttentionNorm(layer));
            x = _graph.Node("Add", x, _grouped ? GroupQueryAttention(read, layer) : Attention(read, layer));
            x = _graph.Node("Add", x, FeedForward(Norm(x, WeightNames.FeedForwardNorm(layer)), layer));
        }
        var last = Norm(x, WeightNames.FinalNorm);
        var logits = _weights.TiesHead ? _graph.Node("MatMul", last, _graph.Transpose(embedding, 1, 0)) : Linear(last, WeightNames.Head);
        _graph.Output(logits, "logits", Batch, Sequence, _config.VocabularySize);
    }

    private void DeclareInputs()
    {
        _graph.Input("input_ids", DataType.Int64, Batch, Sequence);
        _graph.Input("attention_mask", DataType.Int64, Batch, Total);
        if (!_grouped)
            _graph.Input("position_ids", DataType.Int64, Batch, Sequence);
        for (var layer = 0; layer < _config.Layers; layer++)
        {
            foreach (var part in new[] { "key", "value" })
                _graph.Input($"past_key_values.{layer}.{part}", DataType.Float, Batch, _config.KeyValueHeads, Past, _config.HeadSize);
        }
    }

    // Cosine and sine as [B, 1, 1, S, headSize], to meet queries and keys of [B, kvHeads, group, S, headSize].
    private void WriteRotaryAngles()
    {
        var frequencies = _config.RotaryFrequencies();
        var row = _graph.Weight("rotary.frequencies", new WeightArray([frequencies.Length], frequencies));
        var positions = _graph.Unsqueeze(_graph.Cast("position_ids", DataType.Float), 1, 2, 4);
        var half = _graph.Node("Mul", positions, row);
        var angles = _graph.Concat(-1, half, half);
        _cosine = _graph.Node("Cos", angles);
        _sine = _graph.Node("Sin", angles);
    }

    // Additive mask [B, 1, 1, S, total]: 0 where a key may be seen, a large negative number elsewhere.
    private void WriteMask()
    {
        var (total, length) = (_graph.Dimension("attention_mask", 1), _graph.Dimension("input_ids", 1));
        var first = _graph.Node("Sub", total, length);
        var keys = _graph.Node("Range", _graph.Integer(0), total, _graph.Integer(1));
        var queries = _graph.Unsqueeze(_graph.Node("Range", first, total, _graph.Integer(1)), 1);
        var notLater = _graph.Node("LessOrEqual", keys, queries);
        var present = _graph.Unsqueeze(_graph.Cast("attention_mask", DataType.Bool), 1, 2, 3);
        var seen = _graph.Node("And", present, notLater);
        // Finite on purpose: a row of padding alone then softmaxes to something harmless instead of NaN.
        _mask = _graph.Node("Where", seen, _graph.Scalar(0f), _graph.Scalar(-1e9f));
    }

    private string Attention(string x, int layer)
    {
        var query = Rotate(Heads(Linear(x, WeightNames.Query(layer)), _config.HeadsPerGroup));
        var key = Cached(Rotate(Heads(Linear(x, WeightNames.Key(layer)), 1)), layer, "key");
        var value = Cached(Heads(Linear(x, WeightNames.Value(layer)), 1), layer, "value");
        var products = _graph.Node("MatMul", query, _graph.Transpose(key, 0, 1, 2, 4, 3));
        var scaled = _graph.Node("Mul", products, _graph.Scalar((float)(1 / Math.Sqrt(_config.HeadSize))));
        var masked = _graph.Node("Add", scaled, _mask);
        var shares = _graph.Node("Softmax", [masked], [GraphBuilder.Attribute("axis", -1L)]);
        var mixed = _graph.Transpose(_graph.Node("MatMul", shares, value), 0, 3, 1, 2, 4);
        return Linear(_graph.Reshape(mixed, 0, 0, _config.HiddenSize), WeightNames.Output(layer));
    }

    // [B, S, kvHeads * perGroup * headSize] to [B, kvHeads, perGroup, S, headSize].
    private string Heads(string x, int perGroup) =>
        _graph.Transpose(_graph.Reshape(x, 0, 0, _config.KeyValueHeads, perGroup, _config.HeadSize), 0, 2, 3, 1, 4);

    private string Rotate(string x)
    {
        var half = _config.HeadSize / 2;
        var left = _graph.Node("Slice", x, _graph.Integers(0), _graph.Integers(half), _graph.Integers(4));
        var right = _graph.Node("Slice", x, _graph.Integers(half), _graph.Integers(_config.HeadSize), _graph.Integers(4));
        var turned = _graph.Concat(-1, _graph.Node("Neg", right), left);
        return _graph.Node("Add", _graph.Node("Mul", x, _cosine), _graph.Node("Mul", turned, _sine));
    }

    private string Cached(string x, int layer, string part)
    {
        var fresh = _graph.Node("Squeeze", x, _graph.Integers(2));
        var all = _graph.Concat(2, $"past_key_values.{layer}.{part}", fresh);
        _graph.Output(all, $"present.{layer}.{part}", Batch, _config.KeyValueHeads, Total, _config.HeadSize);
        return _graph.Unsqueeze(all, 2);
    }

    private string FeedForward(string x, int layer)
    {
        var gate = Linear(x, WeightNames.Gate(layer));
        var silu = _graph.Node("Mul", gate, _graph.Node("Sigmoid", gate));
        return Linear(_graph.Node("Mul", silu, Linear(x, WeightNames.Up(layer))), WeightNames.Down(layer));
    }

    private string Norm(string x, string name)
    {
        var mean = _graph.Node(
            "ReduceMean", [_graph.Node("Mul", x, x)], [GraphBuilder.Attribute("axes", [-1L]), GraphBuilder.Attribute("keepdims", 1L)]);
        var root = _graph.Node("Sqrt", _graph.Node("Add", mean, _graph.Scalar((float)_config.NormEpsilon)));
        return _graph.Node("Mul", _graph.Node("Div", x, root), _graph.Weight(name, _weights[name]));
    }

    private string Linear(string x, string name) => _graph.Node("MatMul", x, _graph.Weight(name, _weights[name].Transposed()));
}
