using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the JSON files of a model folder and names the file where one is not as it should be.</summary>
internal static class JsonFiles
{
    /// <summary>A file as a JSON object; the caller disposes it.</summary>
    /// <exception cref="InvalidDataException">It is no JSON, as a half-copied file is, or no object.</exception>
    public static JsonDocument ReadObject(string file)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(File.ReadAllBytes(file));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{Path.GetFileName(file)} is no valid JSON at line {(e.LineNumber ?? 0) + 1}: copy it again if the copy was cut short", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
            return document;
        document.Dispose();
        throw new InvalidDataException($"{Path.GetFileName(file)} holds no JSON object");
    }

    /// <summary>A text property; null where it is missing or no text.</summary>
    /// <exception cref="InvalidDataException">It holds half a character.</exception>
    public static string? String(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{name} holds half a character", e);
        }
    }

    /// <summary>Whether a property is there and true.</summary>
    public static bool True(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A property that is neither missing nor null.</summary>
    public static JsonElement? Value(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A whole number; null where it is missing or null.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static int? Int(JsonElement parent, string name, string file) => Value(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out int number) => number,
        _ => throw new InvalidDataException($"{file} has a {name} that is no whole number"),
    };
}
