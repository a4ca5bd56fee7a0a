using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Where the RAIL API answers: https, or plain http on this machine, without credentials.</summary>
public sealed class RailApiAddress
{
    private const string EvalPath = "/railscore/v1/eval";

    private RailApiAddress(Uri uri) => Uri = uri;

    /// <summary>The vendor's own service.</summary>
    public static RailApiAddress Default { get; } = Parse("https://api.responsibleailabs.ai");

    /// <summary>The base that the API's paths stand below, without a slash at its end.</summary>
    public Uri Uri { get; }

    /// <summary>Where answers are evaluated.</summary>
    public Uri Eval => new UriBuilder(Uri) { Path = Uri.AbsolutePath.TrimEnd('/') + EvalPath }.Uri;

    /// <summary>Reads a base address. What is refused is not quoted: it may hold a password.</summary>
    /// <param name="text">Such as <c>https://api.responsibleailabs.ai</c>; a path before the API's own is kept.</param>
    /// <exception cref="RailInputException">It is no such address, carries credentials, or would send the key in the clear.</exception>
    public static RailApiAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            throw new RailInputException("the RAIL API's address is not an https address; write one such as https://api.responsibleailabs.ai");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new RailInputException($"the RAIL API's address at {uri.Authority} may have no user name, query or fragment; the key goes into the environment");
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
            throw new RailInputException($"the key and the answers would cross the network unencrypted to {uri.Authority}; use https");
        string path = uri.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(EvalPath, StringComparison.OrdinalIgnoreCase))
            path = path[..^EvalPath.Length];
        return new RailApiAddress(new UriBuilder(uri) { Path = path }.Uri);
    }

    /// <inheritdoc/>
    public override string ToString() => Uri.AbsoluteUri.TrimEnd('/');
}
