using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>A tokenizer.json that was found to be byte-level BPE, taken apart.</summary>
internal sealed record TokenizerFile(
    ImmutableDictionary<string, int> Vocabulary,
    ImmutableArray<AddedToken> Added,
    BytePairMerger Merger,
    bool Nfc,
    ImmutableArray<PreTokenizerStep> Steps,
    ImmutableArray<int> Before,
    ImmutableArray<int> After)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind not supported; the message names what.</exception>
    public static TokenizerFile Read(string file)
    {
        using JsonDocument document = JsonFiles.ReadObject(file);
        JsonElement root = document.RootElement;
        if (JsonFiles.Value(root, "model") is not { ValueKind: JsonValueKind.Object } model)
            throw new InvalidDataException("tokenizer.json has no model");
        CheckModel(model);
        TokenizerParts.CheckDecoder(JsonFiles.Value(root, "decoder"));
        ImmutableDictionary<string, int> vocabulary = ReadVocabulary(model);
        (ImmutableArray<int> before, ImmutableArray<int> after) = TokenizerParts.ReadPostProcessor(JsonFiles.Value(root, "post_processor"));
        return new TokenizerFile(
            vocabulary,
            ReadAdded(root),
            ReadMerger(model, vocabulary),
            TokenizerParts.ReadsNfc(JsonFiles.Value(root, "normalizer")),
            TokenizerParts.ReadPreTokenizer(JsonFiles.Value(root, "pre_tokenizer")),
            before,
            after);
    }

    private static void CheckModel(JsonElement model)
    {
        const string supported = "byte-level BPE";
        // Old files name no type; BPE is the one with merges.
        string kind = JsonFiles.String(model, "type") ?? (model.TryGetProperty("merges", out _) ? "BPE" : "a model without a type");
        if (kind != "BPE")
            throw TokenizerParts.Refused("model", kind, supported);
        if (JsonFiles.True(model, "byte_fallback"))
            throw TokenizerParts.Refused("model", "BPE with byte fallback", supported);
        if (JsonFiles.Value(model, "dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw TokenizerParts.Refused("model", "BPE with dropout", supported);
        foreach (string name in new[] { "continuing_subword_prefix", "end_of_word_suffix" })
        {
            if (JsonFiles.String(model, name) is { Length: > 0 })
                throw TokenizerParts.Refused("model", $"BPE with {name}", supported);
        }
    }

    private static ImmutableDictionary<string, int> ReadVocabulary(JsonElement model)
    {
        if (JsonFiles.Value(model, "vocab") is not { ValueKind: JsonValueKind.Object } vocab)
            throw new InvalidDataException("tokenizer.json has no model.vocab");
        var entries = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty entry in vocab.EnumerateObject())
            entries[entry.Name] = entry.Value.TryGetInt32(out int id) && id >= 0
                ? id
                : throw new InvalidDataException($"tokenizer.json gives the token {entry.Name} no id of 0 or more");
        return entries.ToImmutable();
    }

    private static BytePairMerger ReadMerger(JsonElement model, ImmutableDictionary<string, int> vocabulary)
    {
        int Id(string token, string what) => vocabulary.TryGetValue(token, out int id)
            ? id
            : throw new InvalidDataException($"tokenizer.json has no token {token}, {what}");

        int[] bytes = [.. Enumerable.Range(0, 256).Select(b => Id(ByteAlphabet.Character((byte)b).ToString(), $"which stands for byte {b}"))];
        if (JsonFiles.Value(model, "merges") is not { ValueKind: JsonValueKind.Array } list)
            throw new InvalidDataException("tokenizer.json has no model.merges");
        var merges = new Dictionary<(int, int), (int, int)>(list.GetArrayLength());
        int rank = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            (string left, string right) = ReadMerge(entry, rank);
            string what = $"which merge {rank} needs";
            merges[(Id(left, what), Id(right, what))] = (rank, Id(left + right, what));
            rank++;
        }

        return new BytePairMerger(
            bytes,
            merges,
            JsonFiles.True(model, "ignore_merges") ? new Dictionary<string, int>(vocabulary, StringComparer.Ordinal) : null);
    }

    private static (string Left, string Right) ReadMerge(JsonElement entry, int rank)
    {
        string?[]? parts = entry.ValueKind switch
        {
            JsonValueKind.String => entry.GetString()?.Split(' '),
            JsonValueKind.Array => entry.EnumerateArray().Select(part => part.GetString()).ToArray(),
            _ => [],
        };
        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw new InvalidDataException($"tokenizer.json has a merge {rank} that is no pair");
    }

    private static ImmutableArray<AddedToken> ReadAdded(JsonElement root)
    {
        if (JsonFiles.Value(root, "added_tokens") is not { } list)
            return [];
        return [.. list.EnumerateArray().Select(token =>
        {
            string content = JsonFiles.String(token, "content") ?? throw new InvalidDataException("tokenizer.json has an added token without content");
            if (JsonFiles.True(token, "single_word"))
                throw TokenizerParts.Refused("added token", $"{content} as a single word", "added tokens anywhere");
            int id = JsonFiles.Int(token, "id", "tokenizer.json") ?? throw new InvalidDataException($"tokenizer.json gives the added token {content} no id");
            return new AddedToken(
                id,
                content,
                JsonFiles.True(token, "special"),
                JsonFiles.True(token, "normalized"),
                JsonFiles.True(token, "lstrip"),
                JsonFiles.True(token, "rstrip"));
        })];
    }
}
