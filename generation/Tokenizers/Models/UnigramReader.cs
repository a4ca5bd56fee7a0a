using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads a Unigram model.</summary>
internal static class UnigramReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static UnigramModel Read(JsonElement model)
    {
        if (JsonFiles.Value(model, "vocab") is not { ValueKind: JsonValueKind.Array } list)
            throw new InvalidDataException("tokenizer.json has no model.vocab that is a list of tokens with scores");
        double[] scores = new double[list.GetArrayLength()];
        var vocabulary = new Dictionary<string, int>(scores.Length, StringComparer.Ordinal);
        int id = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Array || entry.GetArrayLength() != 2 || entry[0].ValueKind != JsonValueKind.String
                || entry[1].ValueKind != JsonValueKind.Number)
                throw new InvalidDataException($"tokenizer.json has a token {id} that is no pair of a text and a score");
            vocabulary[entry[0].GetString()!] = id;
            scores[id++] = entry[1].GetDouble();
        }

        int unknown = JsonFiles.Int(model, "unk_id", "tokenizer.json")
            ?? throw TokenizerJson.Refused("model", "Unigram without unk_id", "one with it");
        if (unknown < 0 || unknown >= scores.Length)
            throw new InvalidDataException($"tokenizer.json has the unk_id {unknown} and {scores.Length} tokens");
        return new UnigramModel(vocabulary, scores, unknown, TokenizerJson.Flag(model, "byte_fallback", false));
    }
}
