using System.Text.Json;

namespace RailCluster.Evaluation;

/// <summary>
/// JSON of people. A field that stands twice is a fault, not whichever of the two comes last; and so is an escape for half a character,
/// which the reader would otherwise pass over until the text is asked for.
/// </summary>
public static class StrictJson
{
    private const string HalfCharacter = "holds a \\u escape for half a character";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Parses; every text in the result can be read.</summary>
    /// <exception cref="JsonException">Something is wrong; <see cref="Fault"/> says what.</exception>
    public static JsonDocument Parse(string text)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(text, Strict);
            ReadTexts(document.RootElement);
            return document;
        }
        catch (InvalidOperationException exception)
        {
            document?.Dispose();
            throw new JsonException(HalfCharacter, exception);
        }
    }

    /// <summary>What is wrong, to stand after the name of the thing.</summary>
    public static string Fault(JsonException exception) =>
        exception.Message == HalfCharacter ? HalfCharacter
        : exception.Message.Contains("Duplicate", StringComparison.Ordinal) ? "names a field twice"
        : $"is not JSON (character {exception.BytePositionInLine + 1})";

    /// <summary>The file, with the line where it is known.</summary>
    public static string Place(string source, JsonException exception) => exception.LineNumber is { } line ? $"{source}:{line + 1}" : source;

    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) ReadTexts(item);
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
        }
    }
}
