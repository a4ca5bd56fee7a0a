using System.Globalization;
using System.Text.Json;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>What a refusal of the RAIL API says: the codes of a nested or a flat body, and its words.</summary>
/// <param name="Codes">All that may be a code.</param>
/// <param name="Message">In the service's words; may quote the answer that was scored.</param>
/// <param name="Balance">Credits left, in words; null where it is not told.</param>
/// <param name="Required">Credits needed, in words; null where it is not told.</param>
internal sealed record RailApiError(string[] Codes, string Message, string? Balance, string? Required)
{
    /// <summary>Nothing that could be read.</summary>
    public static RailApiError Unknown { get; } = new([], "", null, null);

    /// <summary>Reads both shapes: <c>{"error":{"code","message"}}</c> and <c>{"error":"…","code":…}</c>, and <c>detail</c> in place of <c>error</c>.</summary>
    public static RailApiError Of(JsonElement root)
    {
        JsonElement[] places = [.. ((JsonElement?[])[RailApiJson.Child(root, "error"), RailApiJson.Child(root, "detail"), root]).OfType<JsonElement>()];
        string? First(params string[] names) => places.SelectMany(place => names.Select(name => RailApiJson.TextOf(place, name))).FirstOrDefault(text => text is not null);
        string? Figure(string name) => places.Select(place => RailApiJson.Field(place, name)).FirstOrDefault(field => field is { ValueKind: JsonValueKind.Number }) is { } number
            ? number.GetDouble().ToString("0.####", CultureInfo.InvariantCulture)
            : null;
        string[] codes = [.. places.SelectMany(place => (string?[])[RailApiJson.TextOf(place, "code"), RailApiJson.TextOf(place, "type"), RailApiJson.TextOf(place, "error")]).OfType<string>()];
        return new RailApiError(codes, First("message", "error", "detail", "msg") ?? "", Figure("balance"), Figure("required"));
    }

    /// <summary>Whether one of the codes is meant.</summary>
    public bool Is(params ReadOnlySpan<string> codes)
    {
        foreach (string code in codes)
        {
            if (Codes.Contains(code, StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}

/// <summary>What the statuses of the RAIL API mean, as its table has them; a status that it does not have goes by its class.</summary>
internal static class RailApiErrors
{
    /// <summary>How reasons begin where a filter kept an answer from being scored.</summary>
    public const string Filtered = "filtered: ";

    private const int LongestQuote = 200;

    private static readonly string[] LengthCodes = ["LENGTH", "TOO_SHORT", "TOO_LONG"];
    private static readonly string[] LengthWords = ["too short", "too long", "characters", "length"];

    /// <summary>Whether the service calls the answer critical, which is a score.</summary>
    public static bool IsCritical(int status, RailApiError error) =>
        status is 400 or 422 && error.Is("RAIL_CRITICAL_CONTENT", "CRITICAL_CONTENT", "CONTENT_TOO_HARMFUL");

    /// <summary>Credits that a refused request costs: nothing where nothing was evaluated; unknown where it may have been.</summary>
    public static double? Credits(int status) => status is >= 300 and < 500 and not (408 or 409 or 422) or 501 ? 0 : null;

    /// <summary>The fault of a status that is no success.</summary>
    public static EndpointException Fault(RailApiResponse response, RailApiError error, EndpointKey key)
    {
        int status = response.Status;
        if (status is 400 or 403 or 422 && Filter(error) is { } filter)
            return new EndpointException(FaultKind.Unanswerable, $"{Filtered}{filter} kept the answer from being scored ({status})");
        if (status is 400 or 422 && IsLength(error))
            return new EndpointException(FaultKind.Unanswerable, $"the service does not take the answer for its length ({status}); it takes {RailApiCall.LeastContent} to {RailApiCall.MostContent} characters");
        if (status == 402 || (status is 400 or 403 && error.Is("INSUFFICIENT_CREDITS", "INSUFFICIENT_BALANCE")))
            return new EndpointException(FaultKind.Fatal, $"the account of {key.Source} is out of credits ({status}{Figures(error)}); add credits, and score what is left");
        return status switch
        {
            429 => new EndpointException(FaultKind.Throttled, "the service is asked too much (429)", response.RetryAfter),
            501 => new EndpointException(FaultKind.Fatal, "the service has not implemented what is asked for (501)" + Quote(error, key) + "; choose another mode or service"),
            408 or 409 or 425 or >= 500 => new EndpointException(FaultKind.Transient, $"the service answered {status}" + Quote(error, key), response.RetryAfter),
            _ => Lasting(status, error, key),
        };
    }

    // Bodies of 401 and 403 are not quoted: servers like to show part of the key. Nor is any that may quote the answer.
    private static EndpointException Lasting(int status, RailApiError error, EndpointKey key) => status switch
    {
        401 => new EndpointException(FaultKind.Fatal, $"the service refused the key from {key.Source} (401); check it"),
        403 => new EndpointException(FaultKind.Fatal, $"the service does not let the key from {key.Source} do this (403); it may be revoked, or its plan too small for the mode"),
        404 or 405 => new EndpointException(FaultKind.Fatal, $"the service evaluates nothing at that address ({status}); check the address"),
        < 400 => new EndpointException(FaultKind.Fatal, $"the service answers elsewhere ({status}), and redirects are not followed; name the address that answers"),
        422 => new EndpointException(FaultKind.Refused, $"the service cannot process the answer (422{(error.Codes.Length > 0 ? " " + Shown(error.Codes[0], 60, key) : "")}), for a reason that is not known here"),
        _ => new EndpointException(FaultKind.Refused, $"the service refused the request ({status})" + Quote(error, key)),
    };

    private static string? Filter(RailApiError error)
    {
        if (error.Is("POLICY_BLOCKED"))
            return "the service's policy";
        return error.Is("CONTENT_FILTER", "CONTENT_FILTERED", "CONTENT_POLICY_VIOLATION", "RESPONSIBLEAIPOLICYVIOLATION") ? "a provider's content filter" : null;
    }

    private static bool IsLength(RailApiError error) =>
        error.Codes.Any(code => !code.Contains(' ', StringComparison.Ordinal) && LengthCodes.Any(part => code.Contains(part, StringComparison.OrdinalIgnoreCase)))
        || LengthWords.Any(words => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase) && error.Message.Contains("content", StringComparison.OrdinalIgnoreCase));

    private static string Figures(RailApiError error) => (error.Balance, error.Required) switch
    {
        (null, null) => "",
        ({ } balance, null) => $", balance {balance}",
        (null, { } required) => $", required {required}",
        ({ } balance, { } required) => $", balance {balance}, required {required}",
    };

    private static string Quote(RailApiError error, EndpointKey key) => error.Message.Length == 0 ? "" : $": \"{Shown(error.Message, LongestQuote, key)}\"";

    private static string Shown(string text, int longest, EndpointKey key) => SafeText.Line(key.Clean(text), longest);
}
