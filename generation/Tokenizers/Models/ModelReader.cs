using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the model of a tokenizer.json, and refuses by name what it does not know.</summary>
internal static class ModelReader
{
    /// <summary>Reads it.</summary>
    /// <param name="model">The part.</param>
    /// <param name="bytes">Whether its pieces are to be written in the byte alphabet; only BPE may be asked to.</param>
    /// <exception cref="InvalidDataException">It is damaged, or asks for what is not supported.</exception>
    public static TokenModel Read(JsonElement model, bool bytes) => Kind(model) switch
    {
        "BPE" => BpeReader.Read(model, bytes),
        "Unigram" => UnigramReader.Read(model),
        "WordPiece" => ReadWordPiece(model),
        "WordLevel" => ReadWordLevel(model),
        var other => throw TokenizerJson.Refused("model", other, "BPE, Unigram, WordPiece, WordLevel"),
    };

    /// <summary>The model's type. Old files name none: merges mean BPE, and a list of pieces with scores means Unigram.</summary>
    public static string Kind(JsonElement model)
    {
        if (JsonFiles.String(model, "type") is { } named)
            return named;
        if (model.TryGetProperty("merges", out _))
            return "BPE";
        if (model.TryGetProperty("unk_id", out _))
            return "Unigram";
        return model.TryGetProperty("continuing_subword_prefix", out _) ? "WordPiece" : "a model without a type";
    }

    /// <summary>Tokens and ids of a vocabulary that is an object.</summary>
    public static Dictionary<string, int> ReadVocabulary(JsonElement model)
    {
        if (JsonFiles.Value(model, "vocab") is not { ValueKind: JsonValueKind.Object } vocab)
            throw new InvalidDataException("tokenizer.json has no model.vocab");
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in vocab.EnumerateObject())
        {
            entries[entry.Name] = entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetInt32(out int id) && id >= 0
                ? id
                : throw new InvalidDataException($"tokenizer.json gives the token {entry.Name} no id of 0 or more");
        }

        return entries;
    }

    /// <summary>A token's id.</summary>
    /// <exception cref="InvalidDataException">The vocabulary lacks it.</exception>
    public static int Id(Dictionary<string, int> vocabulary, string token, string what) => vocabulary.TryGetValue(token, out int id)
        ? id
        : throw new InvalidDataException($"tokenizer.json has no token {token}, {what}");

    private static WordPieceModel ReadWordPiece(JsonElement model)
    {
        Dictionary<string, int> vocabulary = ReadVocabulary(model);
        int unknown = Id(vocabulary, JsonFiles.String(model, "unk_token") ?? "[UNK]", "which is its unk_token");
        string prefix = JsonFiles.String(model, "continuing_subword_prefix") ?? "##";
        return new WordPieceModel(vocabulary, unknown, prefix, TokenizerJson.Count(model, "max_input_chars_per_word", 100));
    }

    private static WordLevelModel ReadWordLevel(JsonElement model)
    {
        Dictionary<string, int> vocabulary = ReadVocabulary(model);
        return new WordLevelModel(vocabulary, Id(vocabulary, JsonFiles.String(model, "unk_token") ?? "<unk>", "which is its unk_token"));
    }
}
