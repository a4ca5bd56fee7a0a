using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>What the engine takes from config.json and generation_config.json, or from genai_config.json.</summary>
/// <param name="ModelType">Such as <c>llama</c>; empty where the file names none.</param>
/// <param name="ContextLength">Most tokens of prompt and answer together; null where the file names none.</param>
/// <param name="EosIds">End tokens of both files, sorted.</param>
/// <param name="SlidingWindow">Tokens that attention reaches back; null for all.</param>
internal sealed record ModelConfig(string ModelType, int? ContextLength, ImmutableArray<int> EosIds, int? SlidingWindow)
{
    private static readonly string[] ContextNames = ["max_position_embeddings", "n_positions", "n_ctx", "max_sequence_length", "max_seq_len", "seq_length"];

    // The last two are GPT-Neo's and Llama 4's.
    private static readonly string[] WindowNames = ["sliding_window", "window_size", "attention_chunk_size"];

    /// <summary>Reads the files of a folder; generation_config.json may be missing.</summary>
    /// <exception cref="InvalidDataException">A file is no JSON object, or a value is not of its kind; the message names the file.</exception>
    public static ModelConfig Read(string folder)
    {
        using JsonDocument config = JsonFiles.ReadObject(Path.Combine(folder, "config.json"));
        JsonElement root = config.RootElement;
        JsonElement text = root.TryGetProperty("text_config", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        int? context = ContextNames.Select(name => JsonFiles.Int(text, name, "config.json")).FirstOrDefault(value => value is not null);
        if (context is < 1)
            throw new InvalidDataException($"config.json gives a context of {context} tokens");
        var eos = new SortedSet<int>([.. Ids(root, "eos_token_id", "config.json"), .. Ids(text, "eos_token_id", "config.json")]);
        string generation = Path.Combine(folder, "generation_config.json");
        if (File.Exists(generation))
        {
            using JsonDocument settings = JsonFiles.ReadObject(generation);
            eos.UnionWith(Ids(settings.RootElement, "eos_token_id", "generation_config.json"));
        }

        return new ModelConfig(
            JsonFiles.String(root, "model_type") ?? "",
            context,
            [.. eos],
            Window(text, context));
    }

    /// <summary>Reads the model and decoder of a genai_config.json.</summary>
    /// <exception cref="InvalidDataException">A value is not of its kind.</exception>
    public static ModelConfig FromGenai(JsonElement model, JsonElement decoder)
    {
        const string file = "genai_config.json";
        int? context = JsonFiles.Int(model, "context_length", file);
        if (context is < 1)
            throw new InvalidDataException($"{file} gives a context of {context} tokens");
        int? window = JsonFiles.Value(decoder, "sliding_window") is { ValueKind: JsonValueKind.Object } sliding
            ? JsonFiles.Int(sliding, "window_size", file)
            : null;
        return new ModelConfig(
            JsonFiles.String(model, "type") ?? "",
            context,
            [.. new SortedSet<int>(Ids(model, "eos_token_id", file))],
            window);
    }

    // A window as wide as the context is none.
    private static int? Window(JsonElement text, int? context)
    {
        if (text.TryGetProperty("use_sliding_window", out JsonElement use) && use.ValueKind == JsonValueKind.False)
            return null;
        int? window = WindowNames
            .Select(name => JsonFiles.Value(text, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int width) ? width : (int?)null)
            .FirstOrDefault(width => width is not null);
        return window >= context ? null : window;
    }

    private static IEnumerable<int> Ids(JsonElement root, string name, string file)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return [];
        JsonElement[] entries = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return entries.Select(entry => entry.ValueKind == JsonValueKind.Number && entry.TryGetInt32(out int id)
            ? id
            : throw new InvalidDataException($"{file} has an {name} that is no whole number or list of them"));
    }
}
