using RailCluster.Training.Onnx;
using DataType = RailCluster.Training.Onnx.TensorProto.Types.DataType;

namespace RailCluster.Training;

/// <summary>Writes a classifier as an ONNX graph in the input and output names of sequence classifiers. A row reads nothing of its neighbours.</summary>
public static class ClassifierGraph
{
    private const string Batch = "batch_size", Sequence = "sequence_length";

    /// <summary>The ONNX model of these weights.</summary>
    public static ModelProto Build(ClassifierConfig config, IReadOnlyDictionary<string, WeightArray> weights)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(weights);
        var graph = new GraphBuilder("classifier");
        foreach (var input in new[] { "input_ids", "attention_mask", "token_type_ids" })
            graph.Input(input, DataType.Int64, Batch, Sequence);
        var mask = graph.Unsqueeze(graph.Cast("attention_mask", DataType.Float), 2);
        var answer = graph.Node("Mul", mask, graph.Unsqueeze(graph.Cast("token_type_ids", DataType.Float), 2));
        var prompt = graph.Node("Sub", mask, answer);
        var embedding = graph.Weight(ClassifierShapes.Embedding, weights[ClassifierShapes.Embedding]);
        var embedded = graph.Node("Mul", graph.Node("Gather", embedding, "input_ids"), mask);
        var strongest = Strongest(graph, weights, embedded, answer);
        var pooled = graph.Concat(-1, Mean(graph, embedded, answer), strongest, Mean(graph, embedded, prompt));
        var hidden = graph.Node("Relu", Linear(graph, weights, pooled, ClassifierShapes.Hidden, ClassifierShapes.HiddenBias));
        graph.Output(Linear(graph, weights, hidden, ClassifierShapes.Output, ClassifierShapes.OutputBias), "logits", Batch, ClassifierConfig.Outputs.Count);
        return graph.ToModel();
    }

    // No channel is negative, so a masked zero wins over nothing.
    private static string Strongest(GraphBuilder graph, IReadOnlyDictionary<string, WeightArray> weights, string embedded, string answer)
    {
        string[] inputs =
        [
            graph.Transpose(embedded, 0, 2, 1),
            graph.Weight(ClassifierShapes.Convolution, weights[ClassifierShapes.Convolution]),
            graph.Weight(ClassifierShapes.ConvolutionBias, weights[ClassifierShapes.ConvolutionBias]),
        ];
        const long side = ClassifierShapes.Window / 2;
        var seen = graph.Node("Relu", graph.Node("Conv", inputs, [GraphBuilder.Attribute("pads", [side, side])]));
        var counted = graph.Node("Mul", graph.Transpose(seen, 0, 2, 1), answer);
        return graph.Node("ReduceMax", [counted], [GraphBuilder.Attribute("axes", [1L]), GraphBuilder.Attribute("keepdims", 0L)]);
    }

    private static string Mean(GraphBuilder graph, string embedded, string counted)
    {
        var sum = graph.Node("ReduceSum", [graph.Node("Mul", embedded, counted), graph.Integers(1)], [GraphBuilder.Attribute("keepdims", 0L)]);
        var count = graph.Node("ReduceSum", [counted, graph.Integers(1)], [GraphBuilder.Attribute("keepdims", 0L)]);
        return graph.Node("Div", sum, graph.Node("Max", count, graph.Scalar(1f)));
    }

    private static string Linear(GraphBuilder graph, IReadOnlyDictionary<string, WeightArray> weights, string x, string weight, string bias) =>
        graph.Node("Add", graph.Node("MatMul", x, graph.Weight(weight, weights[weight].Transposed())), graph.Weight(bias, weights[bias]));
}
