using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>A classifier's folder: its graph, what its configuration says of it, and its content.</summary>
/// <param name="Graph">The graph file.</param>
/// <param name="Config">What config.json says.</param>
/// <param name="Mapping">The text of rail-scorer.json.</param>
/// <param name="Files">SHA-256 of every file that may decide a score, by relative name.</param>
internal sealed record ClassifierFolder(string Graph, ClassifierConfig Config, string Mapping, ImmutableSortedDictionary<string, string> Files)
{
    private const int MostFiles = 1_000;
    private const long LargestJson = 16L << 20;

    private static readonly string[] Graphs = ["model.onnx", "onnx/model.onnx"];

    /// <summary>Reads a folder.</summary>
    /// <exception cref="RailInputException">It is not there, or incomplete.</exception>
    public static ClassifierFolder Read(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) throw new RailInputException($"{folder} does not exist: name a classifier's folder that this machine can see");
            var graph = Find(folder);
            var mapping = ReadText(folder, MappingFile.Name) ?? throw new RailInputException($"{folder}: {MappingFile.Name} is missing: write what the classifier's outputs mean (docs/decisions/0021)");
            var config = ReadText(folder, ClassifierConfig.Name) is { } text ? ClassifierConfig.Read(text, Path.Combine(folder, ClassifierConfig.Name)) : ClassifierConfig.None;
            return new ClassifierFolder(graph, config, mapping, Hash(folder, graph));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{folder}: cannot be read ({fault.Message})", fault);
        }
    }

    private static string Find(string folder)
    {
        if (Graphs.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } usual) return usual;
        var inner = Path.Combine(folder, "onnx");
        string[] found = [.. Directory.EnumerateFiles(folder, "*.onnx"), .. Directory.Exists(inner) ? Directory.EnumerateFiles(inner, "*.onnx") : []];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new RailInputException($"{folder}: holds no graph: put model.onnx there, or in onnx/"),
            _ => throw new RailInputException($"{folder}: holds {found.Length} graphs and none is called model.onnx: leave one of them, or rename the one to run"),
        };
    }

    // Which files hold a graph's external data only the graph knows; a file too many makes a new version, one too few would hide one.
    private static ImmutableSortedDictionary<string, string> Hash(string folder, string graph)
    {
        var beside = Path.GetDirectoryName(graph)!;
        string[] files = [.. Directory.EnumerateFiles(beside, "*", SearchOption.AllDirectories).Where(IsContent).Take(MostFiles + 1)];
        if (files.Length > MostFiles) throw new RailInputException($"{folder}: more than {MostFiles} files lie beside the graph: give the classifier a folder of its own");
        var named = new[] { MappingFile.Name, ClassifierConfig.Name }.Select(name => Path.Combine(folder, name)).Where(File.Exists);
        return files.Concat(named).Distinct().ToImmutableSortedDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), HashOf, StringComparer.Ordinal);

        bool IsContent(string file) =>
            !file.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !Path.GetRelativePath(beside, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.'));
    }

    private static string HashOf(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string? ReadText(string folder, string name)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists) return null;
        return file.Length <= LargestJson ? File.ReadAllText(file.FullName) : throw new RailInputException($"{file.FullName}: is larger than {LargestJson >> 20} MiB");
    }
}

/// <summary>What a classifier's config.json says of its outputs and inputs.</summary>
/// <param name="Labels">Names of the outputs, in order; empty where it gives none.</param>
/// <param name="Positions">Most tokens that it was made for; null where it does not say.</param>
/// <param name="Vocabulary">Tokens that it knows; null where it does not say.</param>
/// <param name="Padding">The token of padding; 0 where it does not say.</param>
internal sealed record ClassifierConfig(ImmutableArray<string> Labels, int? Positions, int? Vocabulary, int Padding)
{
    public const string Name = "config.json";

    public static ClassifierConfig None { get; } = new([], null, null, 0);

    /// <summary>Reads it.</summary>
    /// <exception cref="RailInputException">It is no JSON object, or its labels are not numbered from 0.</exception>
    public static ClassifierConfig Read(string json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new RailInputException($"{source}: holds no JSON object");
            return new ClassifierConfig(Labelled(root, source), Whole(root, "max_position_embeddings"), Whole(root, "vocab_size"), Whole(root, "pad_token_id") ?? 0);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new RailInputException($"{source}: is not JSON: copy it again if the copy was cut short", fault);
        }
    }

    private static ImmutableArray<string> Labelled(JsonElement root, string source)
    {
        if (!root.TryGetProperty("id2label", out var map) || map.ValueKind != JsonValueKind.Object) return [];
        var names = map.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "");
        var ordered = Enumerable.Range(0, names.Count).Select(index => names.GetValueOrDefault($"{index}")).ToList();
        return ordered.Contains(null) ? throw new RailInputException($"{source}: id2label is not numbered from 0") : [.. ordered.OfType<string>()];
    }

    private static int? Whole(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.TryGetWhole(out var number) && number >= 0 ? number : null;
}
