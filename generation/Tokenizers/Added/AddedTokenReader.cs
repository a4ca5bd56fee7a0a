using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the added tokens of a tokenizer.json.</summary>
internal static class AddedTokenReader
{
    /// <summary>
    /// The tokens in the order of the file. Ids are as the reference gives them, whatever the file says: a token of the model keeps
    /// the id it has there, and others are counted on from the size of the vocabulary.
    /// </summary>
    /// <exception cref="InvalidDataException">One is damaged.</exception>
    public static ImmutableArray<AddedToken> Read(JsonElement root, IReadOnlyDictionary<string, int> vocabulary)
    {
        if (JsonFiles.Value(root, "added_tokens") is not { ValueKind: JsonValueKind.Array } list)
            return [];
        var tokens = ImmutableArray.CreateBuilder<AddedToken>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int next = vocabulary.Count;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            AddedToken token = ReadOne(entry);
            if (token.Content.Length == 0 || !seen.Add(token.Content))
                continue;
            int id = vocabulary.TryGetValue(token.Content, out int known) ? known : next;
            next = Math.Max(next, id + 1);
            tokens.Add(token with { Id = id });
        }

        return tokens.ToImmutable();
    }

    private static AddedToken ReadOne(JsonElement token)
    {
        string content = JsonFiles.String(token, "content")
            ?? throw new InvalidDataException("tokenizer.json has an added token without content");
        int id = JsonFiles.Int(token, "id", "tokenizer.json")
            ?? throw new InvalidDataException($"tokenizer.json gives the added token {content} no id");
        return new AddedToken(
            id,
            content,
            JsonFiles.True(token, "special"),
            JsonFiles.True(token, "normalized"),
            JsonFiles.True(token, "lstrip"),
            JsonFiles.True(token, "rstrip"),
            JsonFiles.True(token, "single_word"));
    }
}
