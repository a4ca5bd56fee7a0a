using TorchSharp;

namespace RailCluster.Training;

/// <summary>
/// Writes a decoder as plain ONNX operators with a key-value cache, in the names and shapes of Optimum's exports. A cached position may be
/// masked out anywhere, so prompts of different lengths may share a batch padded on the right.
/// </summary>
internal static class DecoderExporter
{
    private const float Masked = -1e9f;

    public static void Save(Decoder decoder, string file)
    {
        using var _ = torch.no_grad();
        var shape = decoder.Shape;
        var graph = new GraphWriter("decoder");
        var ids = graph.Input("input_ids", GraphWriter.Int64, "batch_size", "sequence_length");
        var mask = graph.Input("attention_mask", GraphWriter.Int64, "batch_size", "total_sequence_length");
        var positions = graph.Input("position_ids", GraphWriter.Int64, "batch_size", "sequence_length");
        var embedding = Weights(graph, "model.embed_tokens.weight", decoder.Embedding);
        var rotary = Rotary(graph, shape, positions);
        var bias = Bias(graph, ids, mask);

        var x = graph.Node("Gather", [embedding, ids]);
        for (var layer = 0; layer < shape.Layers; layer++)
            x = Block(graph, shape, decoder.Blocks[layer], layer, x, rotary, bias);
        x = Normalise(graph, x, Weights(graph, "model.norm.weight", decoder.Norm));
        var logits = graph.Node("MatMul", [x, graph.Node("Transpose", [embedding], ("perm", new long[] { 1, 0 }))]);
        graph.Output("logits", logits, GraphWriter.Float, "batch_size", "sequence_length", shape.Vocabulary);
        graph.Save(file);
    }

    private static string Weights(GraphWriter graph, string name, torch.Tensor weights) =>
        graph.Weights(name, weights.contiguous().data<float>().ToArray(), weights.shape);

    // [B, 1, S, D] each: the rows of the tables at the positions asked for.
    private static (string Cosines, string Sines) Rotary(GraphWriter graph, DecoderShape shape, string positions)
    {
        var (cosines, sines) = shape.RotaryTables();
        string Rows(string name, float[] table) => graph.Node(
            "Unsqueeze", [graph.Node("Gather", [graph.Weights(name, table, shape.Context, shape.HeadWidth), positions]), graph.Ints(1)]);
        return (Rows("rotary.cosines", cosines), Rows("rotary.sines", sines));
    }

    // [B, 1, 1, S, T]: 0 where a query may look, a large negative number where the key is later or masked out.
    private static string Bias(GraphWriter graph, string ids, string mask)
    {
        var length = graph.Node("Gather", [graph.Node("Shape", [ids]), graph.Int(1)]);
        var total = graph.Node("Gather", [graph.Node("Shape", [mask]), graph.Int(1)]);
        var keys = graph.Node("Range", [graph.Int(0), total, graph.Int(1)]);
        var queries = graph.Node("Range", [graph.Node("Sub", [total, length]), total, graph.Int(1)]);
        var causal = graph.Node("LessOrEqual", [graph.Node("Unsqueeze", [keys, graph.Ints(0)]), graph.Node("Unsqueeze", [queries, graph.Ints(1)])]);
        var present = graph.Node("Unsqueeze", [graph.Node("Cast", [mask], ("to", GraphWriter.Bool)), graph.Ints(1, 2, 3)]);
        return graph.Node("Where", [graph.Node("And", [causal, present]), graph.Number(0), graph.Number(Masked)]);
    }

    private static string Block(
        GraphWriter graph, DecoderShape shape, DecoderBlock block, int layer, string x, (string Cosines, string Sines) rotary, string bias)
    {
        var name = $"model.layers.{layer}";
        var h = Normalise(graph, x, Weights(graph, $"{name}.input_layernorm.weight", block.AttentionNorm));
        x = graph.Node("Add", [x, Attend(graph, shape, block, layer, h, rotary, bias)]);
        h = Normalise(graph, x, Weights(graph, $"{name}.post_attention_layernorm.weight", block.MlpNorm));
        var gate = graph.Node("MatMul", [h, Weights(graph, $"{name}.mlp.gate_proj", block.Gate)]);
        var up = graph.Node("MatMul", [h, Weights(graph, $"{name}.mlp.up_proj", block.Up)]);
        var gated = graph.Node("Mul", [graph.Node("Mul", [gate, graph.Node("Sigmoid", [gate])]), up]);
        return graph.Node("Add", [x, graph.Node("MatMul", [gated, Weights(graph, $"{name}.mlp.down_proj", block.Down)])]);
    }

    private static string Attend(
        GraphWriter graph, DecoderShape shape, DecoderBlock block, int layer, string h, (string Cosines, string Sines) rotary, string bias)
    {
        var name = $"model.layers.{layer}.self_attn";
        string Project(string part, torch.Tensor weights, int heads) => graph.Node(
            "Transpose",
            [graph.Node("Reshape", [graph.Node("MatMul", [h, Weights(graph, $"{name}.{part}", weights)]), graph.Ints(0, 0, heads, shape.HeadWidth)])],
            ("perm", new long[] { 0, 2, 1, 3 }));

        var queries = Rotate(graph, shape, Project("q_proj", block.Query, shape.Heads), rotary);
        var keys = Cache(graph, shape, layer, "key", Rotate(graph, shape, Project("k_proj", block.Key, shape.KeyValueHeads), rotary));
        var values = Cache(graph, shape, layer, "value", Project("v_proj", block.Value, shape.KeyValueHeads));

        // The query heads of a group stand beside their one key head: [B, KV, G, S, D] against [B, KV, 1, T, D].
        var grouped = graph.Node("Reshape", [queries, graph.Ints(0, shape.KeyValueHeads, shape.Groups, -1, shape.HeadWidth)]);
        var transposed = graph.Node("Transpose", [graph.Node("Unsqueeze", [keys, graph.Ints(2)])], ("perm", new long[] { 0, 1, 2, 4, 3 }));
        var scores = graph.Node("Mul", [graph.Node("MatMul", [grouped, transposed]), graph.Number((float)(1 / Math.Sqrt(shape.HeadWidth)))]);
        var weights = graph.Node("Softmax", [graph.Node("Add", [scores, bias])], ("axis", -1));
        var mixed = graph.Node("MatMul", [weights, graph.Node("Unsqueeze", [values, graph.Ints(2)])]);
        var heads = graph.Node("Reshape", [mixed, graph.Ints(0, shape.Heads, -1, shape.HeadWidth)]);
        var joined = graph.Node("Reshape", [graph.Node("Transpose", [heads], ("perm", new long[] { 0, 2, 1, 3 })), graph.Ints(0, 0, shape.Hidden)]);
        return graph.Node("MatMul", [joined, Weights(graph, $"{name}.o_proj", block.Out)]);
    }

    private static string Rotate(GraphWriter graph, DecoderShape shape, string x, (string Cosines, string Sines) rotary)
    {
        var (low, high) = graph.Pair("Split", [x, graph.Ints(shape.HeadWidth / 2, shape.HeadWidth / 2)], ("axis", -1));
        var turned = graph.Node("Concat", [graph.Node("Neg", [high]), low], ("axis", -1));
        return graph.Node("Add", [graph.Node("Mul", [x, rotary.Cosines]), graph.Node("Mul", [turned, rotary.Sines])]);
    }

    private static string Cache(GraphWriter graph, DecoderShape shape, int layer, string part, string now)
    {
        object[] Sizes(string length) => ["batch_size", shape.KeyValueHeads, length, shape.HeadWidth];
        var past = graph.Input($"past_key_values.{layer}.{part}", GraphWriter.Float, Sizes("past_sequence_length"));
        var present = graph.Node("Concat", [past, now], ("axis", 2));
        graph.Output($"present.{layer}.{part}", present, GraphWriter.Float, Sizes("total_sequence_length"));
        return present;
    }

    private static string Normalise(GraphWriter graph, string x, string weight)
    {
        var square = graph.Node("ReduceMean", [graph.Node("Mul", [x, x])], ("axes", new long[] { -1 }), ("keepdims", 1));
        var root = graph.Node("Sqrt", [graph.Node("Add", [square, graph.Number(DecoderShape.NormEpsilon)])]);
        return graph.Node("Mul", [graph.Node("Div", [x, root]), weight]);
    }
}
