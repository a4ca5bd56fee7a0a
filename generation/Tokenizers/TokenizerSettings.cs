using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>What is taken from tokenizer_config.json.</summary>
/// <param name="Bos">The token that begins a text.</param>
/// <param name="Eos">The token that ends a text.</param>
/// <param name="CleansUp">Whether spaces before punctuation are taken out of what is decoded; off where the file does not say.</param>
internal sealed record TokenizerSettings(string? Bos, string? Eos, bool CleansUp)
{
    /// <summary>Reads a file; a missing one says nothing.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static TokenizerSettings Read(string file)
    {
        if (!File.Exists(file))
            return new TokenizerSettings(null, null, false);
        using JsonDocument document = JsonFiles.ReadObject(file);
        JsonElement root = document.RootElement;
        bool cleansUp = JsonFiles.True(root, "clean_up_tokenization_spaces");
        return new TokenizerSettings(TokenText(root, "bos_token"), TokenText(root, "eos_token"), cleansUp);
    }

    // Written as text, or as an object with the text in it.
    private static string? TokenText(JsonElement root, string name) =>
        JsonFiles.String(root, name) ?? (JsonFiles.Value(root, name) is { } token ? JsonFiles.String(token, "content") : null);
}
