namespace RailCluster.Generation.Tests;

/// <summary>The demo's trained base, an Optimum export, with the signature of GPT-2.</summary>
internal static class DemoGraph
{
    public const int Eos = 1023;
    public const int Pad = 1019;

    private const int Layers = 3;
    private const int Heads = 2;
    private const int Size = 24;
    private const int Vocabulary = 1024;

    private static readonly string[] Tokens = ["input_ids", "position_ids", "attention_mask"];

    public static string Folder { get; } = Checkout.At("demo", "models", "base");

    /// <summary>
    /// The graph alone: 32-bit tokens in front of its own, and keys and values of a layer in one tensor before and behind it.
    /// </summary>
    public static byte[] InGpt2Form()
    {
        byte[] body = WithoutEnds(Body(File.ReadAllBytes(Path.Combine(Folder, "onnx", "model.onnx"))));
        foreach (string name in Tokens)
            Rename(body, name, name.ToUpperInvariant());
        // Nodes stand behind what they read.
        (OnnxGraphBuilder before, OnnxGraphBuilder behind) = (new() { Prefix = "before." }, new() { Prefix = "behind." });
        foreach (string name in Tokens)
        {
            before.Input(name, OnnxGraphBuilder.Int32, "batch", name == "attention_mask" ? "total" : "sequence");
            before.Node("Cast", [name], name.ToUpperInvariant(), attributes: ("to", [OnnxGraphBuilder.Int64]));
        }

        behind.Output("logits", OnnxGraphBuilder.Float, "batch", "sequence", Vocabulary);
        for (int layer = 0; layer < Layers; layer++)
            Stack(before, behind, layer);
        return [.. before.BuildGraph(), .. body, .. behind.BuildGraph()];
    }

    private static void Stack(OnnxGraphBuilder before, OnnxGraphBuilder behind, int layer)
    {
        before.Input($"past_{layer}", OnnxGraphBuilder.Float, 2, "batch", Heads, "past", Size);
        behind.Output($"present_{layer}", OnnxGraphBuilder.Float, 2, "batch", Heads, "total", Size);
        string[] parts = ["key", "value"];
        for (int part = 0; part < parts.Length; part++)
            before.Node("Gather", [$"past_{layer}", before.Scalar(part)], $"past_key_values.{layer}.{parts[part]}", attributes: ("axis", [0]));
        string[] stacked = [.. parts.Select(part => behind.Node("Unsqueeze", [$"present.{layer}.{part}", behind.Integers(0)], $"stacked.{layer}.{part}"))];
        behind.Node("Concat", stacked, $"present_{layer}", attributes: ("axis", [0]));
    }

    // Field 7 of a model is its graph.
    private static byte[] Body(byte[] model) => Assert.Single(Fields(model), field => field.Number == 7).Body;

    // Inputs and outputs are declared anew.
    private static byte[] WithoutEnds(byte[] graph) => [.. Fields(graph).Where(field => field.Number is not (11 or 12)).SelectMany(field => field.Whole)];

    private static List<(int Number, byte[] Whole, byte[] Body)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[], byte[])>();
        using var stream = new MemoryStream(message);
        int start = 0;
        new ProtobufCursor(stream).ReadMessage(message.Length, field =>
        {
            int end = field.IsBody ? (int)field.End : (int)stream.Position;
            fields.Add((field.Number, message[start..end], field.IsBody ? message[(int)stream.Position..end] : []));
            start = end;
        });
        return fields;
    }

    private static void Rename(byte[] graph, string from, string to)
    {
        byte[] Written(string name) => new ProtoWriter().Text(1, name).ToArray()[1..];
        byte[] sought = Written(from);
        for (int at = graph.AsSpan().IndexOf(sought); at >= 0; at = graph.AsSpan().IndexOf(sought))
            Written(to).CopyTo(graph, at);
    }
}
