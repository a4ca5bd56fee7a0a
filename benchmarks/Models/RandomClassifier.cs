using System.Text.Json;
using RailCluster.Training;

namespace RailCluster.Benchmarks;

/// <summary>A classifier of random weights, larger than the committed one, with its tokenizer and its mapping.</summary>
internal static class RandomClassifier
{
    /// <summary>Writes a folder.</summary>
    public static void Write(string folder, string small)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "config.json", "tokenizer.json", "rail-scorer.json" })
            File.Copy(Path.Combine(small, name), Path.Combine(folder, name), overwrite: true);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(small, "config.json")));
        var config = new Training.ClassifierConfig
        {
            VocabularySize = document.RootElement.GetProperty("vocab_size").GetInt32(),
            Width = 256,
            Channels = 1024,
            Hidden = 256,
        };
        var source = new GaussianSource(1);
        Dictionary<string, WeightArray> weights = ClassifierShapes.Of(config).ToDictionary(
            shape => shape.Name,
            shape => new WeightArray(shape.Shape, [.. Enumerable.Range(0, (int)shape.Shape.Aggregate(1L, (all, side) => all * side)).Select(_ => (float)(shape.Scale * source.Next()))]),
            StringComparer.Ordinal);
        using FileStream graph = File.Create(Training.ClassifierFolder.Graph(folder));
        Google.Protobuf.MessageExtensions.WriteTo(Training.ClassifierGraph.Build(config, weights), graph);
    }
}
