using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>How a folder is laid out: which of its files says what.</summary>
/// <param name="Name"><c>optimum</c> or <c>genai</c>.</param>
/// <param name="Graph">The graph file, relative, with <c>/</c>.</param>
/// <param name="Names">What the graph calls its parts.</param>
/// <param name="Config">What the configuration files say.</param>
/// <param name="Required">Files that must be there besides the graph.</param>
/// <param name="Optional">Files that are read where they are there.</param>
internal sealed record FolderLayout(string Name, string Graph, GraphNames Names, ModelConfig Config, string[] Required, string[] Optional)
{
    private const string Supported =
        "supported are the Optimum layout (onnx/model.onnx, model.onnx, decoder_model_merged.onnx or one other graph, with config.json and tokenizer.json) "
        + "and the onnxruntime-genai layout (genai_config.json with the graph that it names, and tokenizer.json)";

    /// <summary>Graphs of the Optimum layout; the first that is there is taken.</summary>
    internal static readonly string[] Graphs = ["onnx/model.onnx", "model.onnx", "onnx/decoder_model_merged.onnx", "decoder_model_merged.onnx"];

    /// <summary>Files of every layout that are read where they are there.</summary>
    internal static readonly string[] TokenizerExtras = ["tokenizer_config.json", "chat_template.jinja", "chat_template.json"];

    /// <summary>Files that the Optimum layout must have besides the graph.</summary>
    internal static readonly string[] OptimumFiles = ["config.json", "tokenizer.json"];

    /// <summary>Files that the onnxruntime-genai layout must have besides the graph; the first tells it from others.</summary>
    internal static readonly string[] GenaiFiles = ["genai_config.json", "tokenizer.json"];

    /// <summary>Looks at a folder that is there.</summary>
    /// <exception cref="InvalidDataException">It is incomplete, or of no known layout; the message goes behind the folder's name.</exception>
    public static FolderLayout Find(string folder)
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        return found.Contains(GenaiFiles[0]) ? Genai(folder, found) : Optimum(folder, found);
    }

    private static FolderLayout Optimum(string folder, string[] found)
    {
        string[] required = OptimumFiles;
        string? graph = Graphs.FirstOrDefault(name => File.Exists(Path.Combine(folder, name))) ?? OnlyGraph(GraphsIn(folder));
        string[] missing = [.. required.Where(name => !found.Contains(name))];
        if (graph is null && (missing.Length > 0 || found.Any(name => name.EndsWith(".safetensors", StringComparison.Ordinal))))
            throw new InvalidDataException($"unknown layout: found {Listing(found)}; {Supported}");
        Complete(graph is null ? [Graphs[0]] : missing, found);
        return new FolderLayout("optimum", graph!, new GraphNames(), ModelConfig.Read(folder), required, ["generation_config.json", .. TokenizerExtras]);
    }

    /// <summary>Whether a file lies where graphs of the Optimum layout do.</summary>
    internal static bool IsGraph(string name) =>
        name.EndsWith(".onnx", StringComparison.Ordinal) && Path.GetDirectoryName(name) is "" or "onnx";

    /// <summary>Such as <c>onnx/model_q4.onnx</c> in a folder that holds one variant. Of several, taking any would be a guess.</summary>
    /// <exception cref="InvalidDataException">There are several.</exception>
    internal static string? OnlyGraph(IEnumerable<string> graphs)
    {
        string[] names = [.. graphs.Order(StringComparer.Ordinal)];
        return names.Length < 2
            ? names.FirstOrDefault()
            : throw new InvalidDataException($"several graphs are there ({Listing(names)}), and none is called {Graphs[0]}: leave one of them, or rename the one to run");
    }

    private static IEnumerable<string> GraphsIn(string folder)
    {
        string inner = Path.Combine(folder, "onnx");
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.onnx");
        if (Directory.Exists(inner))
            files = files.Concat(Directory.EnumerateFiles(inner, "*.onnx"));
        return files.Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'));
    }

    private static FolderLayout Genai(string folder, string[] found)
    {
        string[] required = GenaiFiles;
        Complete([.. required.Where(name => !found.Contains(name))], found);
        using JsonDocument document = JsonFiles.ReadObject(Path.Combine(folder, required[0]));
        JsonElement model = JsonFiles.Value(document.RootElement, "model") ?? default;
        JsonElement decoder = model.ValueKind == JsonValueKind.Object ? JsonFiles.Value(model, "decoder") ?? default : default;
        if (decoder.ValueKind != JsonValueKind.Object)
            throw new InvalidDataException("genai_config.json has no model.decoder: this engine runs decoders only");
        foreach (string part in new[] { "encoder", "vision", "speech", "embedding" })
        {
            if (JsonFiles.Value(model, part) is not null)
                throw new InvalidDataException($"genai_config.json has a model.{part}: this engine runs models of text with one decoder graph");
        }

        if (JsonFiles.Value(decoder, "pipeline") is not null)
            throw new InvalidDataException("genai_config.json has a model.decoder.pipeline: this engine runs one decoder graph");
        string graph = JsonFiles.String(decoder, "filename")?.Replace('\\', '/')
            ?? throw new InvalidDataException("genai_config.json has no model.decoder.filename");
        if (!ConfinedPath.IsWithin(Path.GetFullPath(Path.Combine(folder, graph)), folder))
            throw new InvalidDataException($"genai_config.json names the graph {graph}, outside the folder");
        Complete(File.Exists(Path.Combine(folder, graph)) ? [] : [graph], found);
        return new FolderLayout("genai", graph, GraphNames.FromGenai(decoder), ModelConfig.FromGenai(model, decoder), required, TokenizerExtras);
    }

    private static void Complete(string[] missing, string[] found)
    {
        if (missing.Length > 0)
            throw new InvalidDataException($"incomplete: {string.Join(" and ", missing)} is missing (found {Listing(found)}): copy it there; {Supported}");
    }

    private static string Listing(string[] found)
    {
        const int shown = 12;
        string names = found.Length == 0 ? "nothing" : string.Join(", ", found.Take(shown));
        return found.Length > shown ? $"{names} and {found.Length - shown} more" : names;
    }
}
