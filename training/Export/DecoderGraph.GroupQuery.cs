using DataType = RailCluster.Training.Onnx.TensorProto.Types.DataType;

namespace RailCluster.Training;

public sealed partial class DecoderGraph
{
    private string _lastPositions = "", _total = "", _cosines = "", _sines = "";

    // What every layer's node reads: the last position of each row, the width of the mask, and the angles of every position.
    private void WriteGroupQueryInputs()
    {
        var lengths = _graph.Node("ReduceSum", ["attention_mask", _graph.Integers(1)], [GraphBuilder.Attribute("keepdims", 0L)]);
        _lastPositions = _graph.Cast(_graph.Node("Sub", lengths, _graph.Integer(1)), DataType.Int32);
        _total = _graph.Cast(_graph.Dimension("attention_mask", 1), DataType.Int32);
        _cosines = _graph.Weight("rotary.cosines", Angles(MathF.Cos));
        _sines = _graph.Weight("rotary.sines", Angles(MathF.Sin));
    }

    // [positions, headSize / 2]
    private WeightArray Angles(Func<float, float> turn)
    {
        var frequencies = _config.RotaryFrequencies();
        var positions = Enumerable.Range(0, _config.MaximumPositions);
        return new WeightArray([_config.MaximumPositions, frequencies.Length], [.. positions.SelectMany(position => frequencies.Select(f => turn(position * f)))]);
    }

    private string GroupQueryAttention(string x, int layer)
    {
        string[] inputs =
        [
            Linear(x, WeightNames.Query(layer)), Linear(x, WeightNames.Key(layer)), Linear(x, WeightNames.Value(layer)),
            $"past_key_values.{layer}.key", $"past_key_values.{layer}.value", _lastPositions, _total, _cosines, _sines,
        ];
        string[] outputs = [$"mixed.{layer}", $"present.{layer}.key", $"present.{layer}.value"];
        _graph.Node("GroupQueryAttention", "com.microsoft", inputs, outputs, [
            GraphBuilder.Attribute("num_heads", (long)_config.Heads),
            GraphBuilder.Attribute("kv_num_heads", (long)_config.KeyValueHeads),
            GraphBuilder.Attribute("do_rotary", 1L)]);
        foreach (var present in outputs[1..])
            _graph.Expose(present, Batch, _config.KeyValueHeads, Total, _config.HeadSize);
        return Linear(outputs[0], WeightNames.Output(layer));
    }
}
