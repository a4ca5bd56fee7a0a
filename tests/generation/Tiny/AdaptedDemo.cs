using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace RailCluster.Generation.Tests;

/// <summary>The demo's trained base with a low-rank addition to its logits, which adapters set; without one it answers as the base does.</summary>
internal static class AdaptedDemo
{
    private const int Vocabulary = 1024;

    /// <summary>Writes the model folder.</summary>
    public static string Create(string folder)
    {
        string original = Checkout.At("demo", "models", "base");
        foreach (string file in Directory.EnumerateFiles(original, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(original, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string graph = Path.Combine(folder, "onnx", "model.onnx");
        File.WriteAllBytes(graph, [.. Renamed(File.ReadAllBytes(graph)), .. new ProtoWriter().Bytes(7, Addition()).ToArray()]);
        return folder;
    }

    /// <summary>Writes an adapter for it; of strength 0 it changes nothing, of 0.001 hardly a token, of 3 every answer.</summary>
    public static string Adapter(string file, int seed, double strength)
    {
        var random = new Random(seed);
        AdapterParameter Parameter(string name, double scale, ImmutableArray<long> shape) => new(name, "fp32", shape, MemoryMarshal.AsBytes<float>(
            [.. Enumerable.Range(0, Vocabulary).Select(_ => (float)((random.NextDouble() * 2 - 1) * scale))]).ToArray());
        File.WriteAllBytes(file, new AdapterFile([Parameter("head.lora_A", 0.02, [Vocabulary, 1]), Parameter("head.lora_B", strength, [1, Vocabulary])]).ToBytes());
        return file;
    }

    // The name stands at the node that gives it and at the output.
    private static byte[] Renamed(byte[] graph)
    {
        ReadOnlySpan<byte> name = "\u0006logits"u8;
        for (int at = graph.AsSpan().IndexOf(name), from = 0; at >= 0; from += at + name.Length, at = graph.AsSpan(from).IndexOf(name))
            "LOGITS"u8.CopyTo(graph.AsSpan(from + at + 1));
        return graph;
    }

    // A message that stands twice in a file is read as one: these nodes join the graph's own.
    private static byte[] Addition()
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("head.lora_A", OnnxGraphBuilder.Float, Vocabulary, 1);
        graph.Input("head.lora_B", OnnxGraphBuilder.Float, 1, Vocabulary);
        graph.Weights("head.lora_A", new float[Vocabulary], Vocabulary, 1);
        graph.Weights("head.lora_B", new float[Vocabulary], 1, Vocabulary);
        graph.Node("MatMul", ["LOGITS", "head.lora_A"], "lora.down");
        graph.Node("MatMul", ["lora.down", "head.lora_B"], "lora.up");
        graph.Node("Add", ["LOGITS", "lora.up"], "logits");
        graph.Output("logits", OnnxGraphBuilder.Float, "batch", "sequence", Vocabulary);
        return graph.BuildGraph();
    }
}
