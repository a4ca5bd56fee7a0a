using System.Text;
using System.Text.Json;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Reads bodies of the RAIL API in all the shapes that its clients know: with or without <c>result</c> around them, errors nested or flat.</summary>
internal static class RailApiJson
{
    private const double MostCredits = 1_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    // Where an evaluation may stand, or a figure that belongs to it.
    private static readonly string[][] Places = [["result"], [], ["evaluation"], ["result", "evaluation"], ["error"], ["error", "evaluation"], ["details"], ["error", "details"], ["detail"], ["metadata"]];

    /// <summary>Parses a body.</summary>
    /// <exception cref="EndpointException">It is no JSON object.</exception>
    public static JsonDocument Parse(RailApiResponse response, EndpointKey key)
    {
        string text = Text(response);
        if (key.IsIn(text))
            throw new EndpointException(FaultKind.Refused, "the service sent the key back in its answer, which is dropped");
        try
        {
            JsonDocument document = StrictJson.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            throw Unreadable("is not a JSON object");
        }
        catch (JsonException e)
        {
            throw Unreadable(text.TrimStart().StartsWith('<') ? "is a web page, not JSON" : text.Length == 0 ? "is empty" : StrictJson.Fault(e));
        }
    }

    /// <summary>Everywhere that an evaluation may stand in a body, the likeliest first.</summary>
    public static IEnumerable<JsonElement> Objects(JsonElement root) => Places.Select(path => Under(root, path)).OfType<JsonElement>();

    /// <summary>The object of that name in the first place that has one.</summary>
    public static JsonElement? Find(JsonElement root, string name) => Objects(root).Select(place => Child(place, name)).FirstOrDefault(child => child is not null);

    /// <summary>A field that is an object.</summary>
    public static JsonElement? Child(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.Object } child ? child : null;

    /// <summary>A field of any kind but null.</summary>
    public static JsonElement? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A field that is text.</summary>
    public static string? TextOf(JsonElement element, string name) => Field(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Whether a flag stands anywhere in a body, and how.</summary>
    public static bool? Flag(JsonElement root, string name) => Objects(root)
        .Select(place => Field(place, name)?.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => (bool?)null })
        .FirstOrDefault(flag => flag is not null);

    /// <summary>What the service says that it charged; null where it says nothing that can be believed.</summary>
    public static double? Credits(JsonElement root) => Objects(root)
        .Select(place => Field(place, "credits_consumed"))
        .FirstOrDefault(field => field is { ValueKind: JsonValueKind.Number }) is { } field && field.GetDouble() is >= 0 and <= MostCredits and var credits ? credits : null;

    private static JsonElement? Under(JsonElement root, string[] path)
    {
        JsonElement? at = root;
        foreach (string name in path)
            at = at is { } element ? Child(element, name) : null;
        return at;
    }

    private static string Text(RailApiResponse response)
    {
        if (response.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            throw Unreadable(type.Contains("html", StringComparison.OrdinalIgnoreCase) ? "is a web page, not JSON" : $"is {SafeText.Line(type, 60)}, not JSON");
        try
        {
            return Strict.GetString(response.Body);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable("is not UTF-8");
        }
    }

    private static EndpointException Unreadable(string how) => new(FaultKind.Transient, $"the service's answer {how}");
}
