using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the parts of a tokenizer.json, and words what is wrong with them.</summary>
internal static class TokenizerJson
{
    /// <summary>The part's type, or a word for a part that has none.</summary>
    public static string Kind(JsonElement part) => JsonFiles.String(part, "type") ?? "a part without a type";

    /// <summary>An error that names what is not supported and what is.</summary>
    public static InvalidDataException Refused(string part, string found, string supported) =>
        new($"tokenizer.json has the {part} {found}, which is not supported; supported: {supported}");

    /// <summary>The members of a list property.</summary>
    /// <exception cref="InvalidDataException">It is missing or no list.</exception>
    public static JsonElement[] Children(JsonElement part, string name) =>
        part.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new InvalidDataException($"tokenizer.json has a {Kind(part)} without a list of {name}");

    /// <summary>A part taken apart: itself, or what a Sequence of it holds, in order, however deep.</summary>
    public static IEnumerable<JsonElement> Flatten(JsonElement? part, string name)
    {
        if (part is not { } found)
            return [];
        return Kind(found) == "Sequence" ? Children(found, name).SelectMany(child => Flatten(child, name)) : [found];
    }

    /// <summary>A truth value; the default where it is missing or null.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static bool Flag(JsonElement part, string name, bool otherwise) => JsonFiles.Value(part, name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new InvalidDataException($"tokenizer.json has a {Kind(part)} whose {name} is neither true nor false"),
    };

    /// <summary>A text that must be there.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static string Text(JsonElement part, string name) => JsonFiles.String(part, name)
        ?? throw new InvalidDataException($"tokenizer.json has a {Kind(part)} without a text {name}");

    /// <summary>A whole number of 0 or more; the default where it is missing.</summary>
    /// <exception cref="InvalidDataException">It is negative or no whole number.</exception>
    public static int Count(JsonElement part, string name, int otherwise) => JsonFiles.Int(part, name, "tokenizer.json") switch
    {
        null => otherwise,
        >= 0 and int number => number,
        _ => throw new InvalidDataException($"tokenizer.json has a {Kind(part)} with a negative {name}"),
    };

    /// <summary>A text of exactly one character that is no half of one; the default where it is missing.</summary>
    /// <exception cref="InvalidDataException">It is anything else.</exception>
    public static char Character(JsonElement part, string name, char otherwise) => JsonFiles.String(part, name) switch
    {
        null => otherwise,
        [var only] when !char.IsSurrogate(only) => only,
        var other => throw Refused(Kind(part), $"with {name} \"{other}\"", "one character up to U+FFFF"),
    };
}
