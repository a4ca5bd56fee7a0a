using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads a BPE model.</summary>
internal static class BpeReader
{
    /// <summary>Reads it.</summary>
    /// <param name="model">The part.</param>
    /// <param name="bytes">Whether its pieces are to be written in the byte alphabet.</param>
    /// <exception cref="InvalidDataException">It is damaged, or asks for what is not supported.</exception>
    public static BpeModel Read(JsonElement model, bool bytes)
    {
        if (JsonFiles.Value(model, "dropout") is { } dropout && !(dropout.ValueKind == JsonValueKind.Number && dropout.GetDouble() == 0))
            throw TokenizerJson.Refused("model", "BPE with dropout", "models that give the same tokens each time");
        Dictionary<string, int> vocabulary = ModelReader.ReadVocabulary(model);
        string prefix = JsonFiles.String(model, "continuing_subword_prefix") ?? "";
        // Some byte-level files name one that is no token; they meet no unknown character.
        int? unknown = JsonFiles.String(model, "unk_token") is { } token && !(bytes && !vocabulary.ContainsKey(token))
            ? ModelReader.Id(vocabulary, token, "which is its unk_token")
            : null;
        var options = new BpeOptions(
            unknown,
            TokenizerJson.Flag(model, "fuse_unk", false),
            TokenizerJson.Flag(model, "byte_fallback", false),
            TokenizerJson.Flag(model, "ignore_merges", false),
            prefix,
            JsonFiles.String(model, "end_of_word_suffix") ?? "");
        return new BpeModel(vocabulary, ReadMerges(model, vocabulary, prefix.Length), options, bytes);
    }

    private static MergeTable ReadMerges(JsonElement model, Dictionary<string, int> vocabulary, int prefix)
    {
        if (JsonFiles.Value(model, "merges") is not { ValueKind: JsonValueKind.Array } list)
            throw new InvalidDataException("tokenizer.json has no model.merges");
        var merges = new MergeTable(list.GetArrayLength());
        int rank = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            (string left, string right) = ReadMerge(entry, rank);
            if (right.Length < prefix)
                throw new InvalidDataException($"tokenizer.json has a merge {rank} whose second part is shorter than continuing_subword_prefix");
            merges.Set(
                Id(vocabulary, left, rank),
                Id(vocabulary, right, rank),
                rank,
                Id(vocabulary, string.Concat(left, right.AsSpan(prefix)), rank));
            rank++;
        }

        return merges;
    }

    private static int Id(Dictionary<string, int> vocabulary, string token, int rank) => vocabulary.TryGetValue(token, out int id)
        ? id
        : throw new InvalidDataException($"tokenizer.json has no token {token}, which merge {rank} needs");

    private static (string Left, string Right) ReadMerge(JsonElement entry, int rank)
    {
        IReadOnlyList<string?>? parts = entry.ValueKind switch
        {
            JsonValueKind.String => entry.GetString()?.Split(' '),
            JsonValueKind.Array => entry.EnumerateArray().Select(part => part.GetString()).ToArray(),
            _ => [],
        };
        return parts is [string { Length: > 0 } left, string { Length: > 0 } right]
            ? (left, right)
            : throw new InvalidDataException($"tokenizer.json has a merge {rank} that is no pair");
    }
}
