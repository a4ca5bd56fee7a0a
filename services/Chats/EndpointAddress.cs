using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>Where an OpenAI-compatible server answers: its address without credentials, in one spelling.</summary>
public sealed class EndpointAddress
{
    private const string VersionField = "api-version";
    private const string ChatPath = "/chat/completions";

    private static readonly string[] AzureHosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

    private EndpointAddress(Uri uri) => Uri = uri;

    /// <summary>The base that <c>chat/completions</c> and <c>models</c> stand below, without a slash at its end.</summary>
    public Uri Uri { get; }

    /// <summary>Whether it is on this machine.</summary>
    public bool IsLoopback => Uri.IsLoopback;

    /// <summary>The header that the key goes into, as Azure's addresses with an <c>api-version</c> want it; null for a bearer token.</summary>
    public string? KeyHeader => Uri.Query.Length > 0 ? "api-key" : null;

    /// <summary>Whether it is OpenAI's or Azure's own service, which refuses <c>max_tokens</c> and lists more models, or others, than it answers for.</summary>
    public bool IsHosted => Uri.Host == "api.openai.com" || IsAzure;

    /// <summary>Whether it is Azure's service.</summary>
    public bool IsAzure => KeyHeader is not null || AzureHosts.Any(host => Uri.Host.EndsWith(host, StringComparison.Ordinal));

    /// <summary>Reads an address. <c>/v1</c> is added where there is no path, and <c>/chat/completions</c> taken off. What is refused is not quoted: it may hold a password.</summary>
    /// <param name="text">Such as <c>http://127.0.0.1:8000/v1</c>.</param>
    /// <param name="keyed">Whether a key will be sent to it.</param>
    /// <param name="plainHttp">Whether the key may cross a network unencrypted.</param>
    /// <param name="permission">What people write to let it; null where nobody may.</param>
    /// <exception cref="RailInputException">It is no http(s) address, carries credentials, or would send the key in the clear.</exception>
    public static EndpointAddress Parse(string text, bool keyed, bool plainHttp, string? permission = null)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new RailInputException("the endpoint is not an http or https address; write one such as http://127.0.0.1:8000/v1");
        if (uri.UserInfo.Length > 0)
            throw new RailInputException($"the endpoint at {uri.Authority} carries a user name or password; put the key into an environment variable instead");
        if (uri.Fragment.Length > 0 || !IsVersion(uri.Query))
            throw new RailInputException($"the endpoint at {uri.Authority} may have no fragment, and no query but {VersionField}; keys go into an environment variable");
        if (keyed && !plainHttp && uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
            throw new RailInputException($"the key would cross the network unencrypted to {uri.Authority}; use https{(permission is null ? "" : $", or allow it by name ({permission})")}");
        return new EndpointAddress(new UriBuilder(uri) { Path = Path(uri.AbsolutePath) }.Uri);
    }

    /// <summary>The address of something below the base, the query kept.</summary>
    public Uri Below(string name) => new UriBuilder(Uri) { Path = $"{Uri.AbsolutePath}/{name}" }.Uri;

    /// <inheritdoc/>
    public override string ToString() => Uri.AbsoluteUri;

    private static bool IsVersion(string query) =>
        query.Length == 0 || (query.StartsWith($"?{VersionField}=", StringComparison.OrdinalIgnoreCase) && !query.Contains('&', StringComparison.Ordinal));

    private static string Path(string path)
    {
        string trimmed = path.TrimEnd('/');
        if (trimmed.EndsWith(ChatPath, StringComparison.OrdinalIgnoreCase))
            trimmed = trimmed[..^ChatPath.Length];
        return trimmed.Length == 0 ? "/v1" : trimmed;
    }
}
