using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>A chat completion as it came over the wire, checked.</summary>
/// <param name="Finish">Why the answer ended.</param>
/// <param name="Refusal">What the model said in the field that OpenAI keeps for declining; null where it used the usual one.</param>
/// <param name="Model">The model that the server says answered; null where it does not say.</param>
/// <param name="SystemFingerprint">The server's word for its own configuration; null where it has none.</param>
/// <param name="Body">The answer in words that the client library knows.</param>
internal sealed record WireAnswer(FinishReason Finish, string? Refusal, string? Model, string? SystemFingerprint, byte[] Body)
{
    private const int LongestName = 200;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads the body of a success.</summary>
    /// <exception cref="EndpointException">It is no whole answer of the model.</exception>
    public static WireAnswer Read(byte[] body, EndpointKey? key)
    {
        string text = Text(body);
        if (key?.IsIn(text) == true)
            throw new EndpointException(FaultKind.Refused, "the server sent the key back in its answer, which is dropped");
        using JsonDocument document = Parse(text);
        JsonElement root = document.RootElement;
        JsonElement choice = Choice(root);
        string finish = Name(choice, "finish_reason", key)
            ?? throw new EndpointException(FaultKind.Transient, "the server's answer has no finish_reason, so it may be cut short");
        if (!choice.TryGetProperty("message", out JsonElement message) || message.ValueKind != JsonValueKind.Object)
            throw Unreadable("has no message");
        return new WireAnswer(
            FinishOf(finish, choice),
            Content(message) ? null : Declined(message),
            Name(root, "model", key),
            Name(root, "system_fingerprint", key),
            finish is "eos_token" or "stop_sequence" ? Renamed(text) : body);
    }

    private static string Text(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable("is not UTF-8");
        }
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return StrictJson.Parse(text);
        }
        catch (JsonException e)
        {
            throw Unreadable(text.TrimStart().StartsWith('<') ? "is a web page, not JSON" : StrictJson.Fault(e));
        }
    }

    private static JsonElement Choice(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("choices", out JsonElement choices) || choices.ValueKind != JsonValueKind.Array)
            throw Unreadable("has no choices");
        return choices.GetArrayLength() == 1 && choices[0].ValueKind == JsonValueKind.Object
            ? choices[0]
            : throw Unreadable($"has {choices.GetArrayLength()} choices where one was asked for");
    }

    // "stop" covers both ends for OpenAI; vLLM and SGLang name the stop string beside it, and TGI has words of its own.
    private static FinishReason FinishOf(string finish, JsonElement choice) => finish switch
    {
        "stop" => HasText(choice, "stop_reason") || HasText(choice, "matched_stop") ? FinishReason.Stop : FinishReason.Eos,
        "eos_token" => FinishReason.Eos,
        "stop_sequence" => FinishReason.Stop,
        "length" => FinishReason.Length,
        "content_filter" => throw new EndpointException(FaultKind.Unanswerable, "the server's content filter withheld the answer (finish_reason content_filter)"),
        "tool_calls" or "function_call" => throw new EndpointException(FaultKind.Refused, $"the model called a tool where none was offered (finish_reason {finish})"),
        "abort" or "error" => throw new EndpointException(FaultKind.Transient, $"the server gave the answer up (finish_reason {finish})"),
        _ => throw new EndpointException(FaultKind.Refused, $"the answer ended for an unknown reason (finish_reason {finish})"),
    };

    // An answer without words is an answer; anything but words is not.
    private static bool Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out JsonElement content) || content.ValueKind == JsonValueKind.Null)
            return false;
        return content.ValueKind is JsonValueKind.String or JsonValueKind.Array ? true : throw Unreadable("has a content that is no text");
    }

    private static string? Declined(JsonElement message) =>
        HasText(message, "refusal") ? message.GetProperty("refusal").GetString() : null;

    private static bool HasText(JsonElement element, string field) =>
        element.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String;

    private static string? Name(JsonElement element, string field, EndpointKey? key) =>
        HasText(element, field) ? ErrorBody.Shown(element.GetProperty(field).GetString()!, LongestName, key) : null;

    private static byte[] Renamed(string text)
    {
        JsonNode root = JsonNode.Parse(text)!;
        root["choices"]![0]!["finish_reason"] = "stop";
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static EndpointException Unreadable(string how) => new(FaultKind.Transient, $"the server's answer {how}");
}
