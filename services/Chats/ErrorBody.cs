using System.Net;
using System.Text;
using System.Text.Json;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>What an error of a server means. Bodies of OpenAI, Azure, vLLM, SGLang, TGI and llama.cpp are known; from others only the status counts.</summary>
internal static class ErrorBody
{
    private const int LongestQuote = 300;

    // Known by their words because only OpenAI and Azure have a code for it.
    private static readonly string[] TooLong =
    [
        "maximum context length", "longer than the maximum model length", "longer than the model's context length",
        "`inputs` tokens + `max_new_tokens` must be <=", "`inputs` must have less than", "exceeds the maximum allowed length", "exceeds the available context size",
        "max_tokens must be at least 1, got -",
    ];

    /// <summary>The fault of a status that is no success.</summary>
    public static EndpointException Fault(HttpStatusCode status, TimeSpan? retryAfter, byte[] body, EndpointKey? key)
    {
        int code = (int)status;
        Said said = Read(body);
        if (code is 400 or 413 or 422 && Result(said) is { } result)
            return new EndpointException(FaultKind.Unanswerable, result + Quote(said, key));
        if (code == 429 && said.Codes.Contains("insufficient_quota"))
            return new EndpointException(FaultKind.Fatal, "the server says that the quota is used up (429 insufficient_quota); waiting will not help");
        return code switch
        {
            429 => new EndpointException(FaultKind.Throttled, "the server is asked too much (429)" + Quote(said, key), retryAfter),
            408 or 409 or 425 or >= 500 => new EndpointException(FaultKind.Transient, $"the server answered {code}" + Quote(said, key), retryAfter),
            _ => Lasting(code, said, key),
        };
    }

    /// <summary>A text of a server for a line: without the key, harmless, and cut.</summary>
    public static string Shown(string text, int longest, EndpointKey? key) => SafeText.Line(key?.Clean(text) ?? text, longest);

    // Bodies of 401 and 403 are not quoted: servers like to show part of the key.
    private static EndpointException Lasting(int code, Said said, EndpointKey? key) => code switch
    {
        401 or 403 => new EndpointException(FaultKind.Fatal, key is not null
            ? $"the server refused the key from {key.Source} ({code}); check it, and what it may do"
            : $"the server wants a key ({code}); put it into an environment variable"),
        404 => new EndpointException(FaultKind.Fatal, "the server has no such model or path (404)" + Quote(said, key) + "; check the address and the model's name"),
        405 or 410 => new EndpointException(FaultKind.Fatal, $"the server does not answer chats there ({code}); check the address"),
        < 400 => new EndpointException(FaultKind.Fatal, $"the server answers elsewhere ({code}), and redirects are not followed; name the address that answers"),
        _ => new EndpointException(FaultKind.Refused, $"the server refused the request ({code})" + Quote(said, key)),
    };

    private static string? Result(Said said)
    {
        if (said.Codes.Contains("content_filter") || said.Codes.Contains("ResponsibleAIPolicyViolation"))
            return "the server's content filter refused the prompt";
        return said.Codes.Contains("context_length_exceeded") || TooLong.Any(words => said.Message.Contains(words, StringComparison.OrdinalIgnoreCase))
            ? "the prompt and the answer asked for do not fit the model's context"
            : null;
    }

    private static string Quote(Said said, EndpointKey? key) => said.Message.Length == 0 ? "" : $": \"{Shown(said.Message, LongestQuote, key)}\"";

    private static Said Read(byte[] body)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetString(body));
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : Said.Nothing;
        }
        catch (JsonException)
        {
            return Said.Nothing;
        }
    }

    // {"error":{"message","code","type"}}, {"error":"…"} (TGI), {"message","code"} (older vLLM), {"detail":"…"}.
    private static Said Read(JsonElement root)
    {
        JsonElement error = root.TryGetProperty("error", out JsonElement inner) ? inner : root;
        if (error.ValueKind == JsonValueKind.String)
            return new Said(error.GetString()!, []);
        if (error.ValueKind != JsonValueKind.Object)
            return Said.Nothing;
        string?[] codes = [Field(error, "code"), Field(error, "type"), error.TryGetProperty("innererror", out JsonElement deeper) ? Field(deeper, "code") : null];
        return new Said(Field(error, "message") ?? Field(error, "detail") ?? "", [.. codes.OfType<string>()]);
    }

    private static string? Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Said(string Message, string[] Codes)
    {
        public static Said Nothing { get; } = new("", []);
    }
}
