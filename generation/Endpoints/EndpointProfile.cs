using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>What a server says about itself in <c>GET /models</c>.</summary>
/// <param name="Names">Models it names; null where it has no such list.</param>
/// <param name="OwnedBy">Of the model asked for, such as <c>vllm</c>.</param>
/// <param name="Root">Of the model asked for: what the name stands for on the server.</param>
internal sealed record EndpointProfile(ImmutableArray<string>? Names, string? OwnedBy, string? Root)
{
    // Rises whenever the same server may be asked in other words.
    private const int BehaviourVersion = 1;
    private const int LongestName = 200;
    private const int MostNames = 10_000;

    private static readonly EndpointProfile Unknown = new(null, null, null);

    /// <summary>Whether the server takes top-k, repetition penalty and least tokens in a chat; others pass over them or refuse them.</summary>
    public bool TakesExtras => OwnedBy is "vllm" or "sglang";

    /// <summary>
    /// The identity: a hash over the address, the model's name and the server's words for it. It tells endpoints apart and proves nothing about
    /// weights: whoever runs the server may change them under the same name.
    /// </summary>
    public ModelInspection Inspection(EndpointGeneratorOptions options) => new(
        new ModelFingerprint(CanonicalHash.Of(new Identity(EngineIdentity.Endpoint, options.Address.ToString(), options.ModelName, OwnedBy, Root))),
        new EngineIdentity(EngineIdentity.Endpoint, "unknown", BehaviourVersion),
        Layout: EngineIdentity.Endpoint,
        Bytes: 0);

    /// <summary>Asks the server; a server without a list is no fault.</summary>
    /// <exception cref="EndpointException">It cannot be reached, or refuses the key.</exception>
    public static async Task<EndpointProfile> AskAsync(HttpClient http, EndpointGeneratorOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.GetAsync(options.Address.Below("models"), cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return Read(body, options);
        EndpointException fault = ErrorBody.Fault(response.StatusCode, RetryAfter.Of(response.Headers, time), body, options.Key);
        bool missing = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented || fault.Kind == FaultKind.Refused;
        return missing ? Unknown : throw fault;
    }

    private static EndpointProfile Read(byte[] body, EndpointGeneratorOptions options)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetString(body));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Array)
                return Unknown;
            JsonElement[] models = [.. data.EnumerateArray().Take(MostNames).Where(model => model.ValueKind == JsonValueKind.Object)];
            JsonElement asked = models.FirstOrDefault(model => Text(model, "id") == options.ModelName);
            return new EndpointProfile([.. models.Select(model => Text(model, "id")).OfType<string>()], Word(asked, "owned_by", options), Word(asked, "root", options));
        }
        catch (JsonException)
        {
            return Unknown;
        }
    }

    private static string? Word(JsonElement model, string field, EndpointGeneratorOptions options) =>
        Text(model, field) is { } text ? ErrorBody.Shown(text, LongestName, options.Key) : null;

    private static string? Text(JsonElement model, string field) =>
        model.ValueKind == JsonValueKind.Object && model.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Identity(string Kind, string Address, string Model, string? OwnedBy, string? Root);
}
