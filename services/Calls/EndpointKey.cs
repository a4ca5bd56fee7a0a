using System.Net.Http.Headers;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>The secret that a server asks for. It is written to the wire and nowhere else: no text of this type, and none that was cleaned by it, shows it.</summary>
public sealed class EndpointKey
{
    private const string Hidden = "[key]";

    // A placeholder such as "none" may stand in any text; a secret of this length does not by chance.
    private const int LeastSecret = 8;

    private readonly string _secret;

    /// <summary>Takes a secret.</summary>
    /// <param name="secret">Printable ASCII.</param>
    /// <param name="source">Where it comes from, for error lines, such as the environment variable's name.</param>
    /// <exception cref="RailInputException">The secret is empty or holds what a header cannot carry.</exception>
    public EndpointKey(string secret, string source)
    {
        if (secret.Length == 0 || !secret.All(c => c is > ' ' and <= '~'))
            throw new RailInputException($"{source} does not hold a key: a key is printable ASCII without spaces");
        (_secret, Source) = (secret, source);
    }

    /// <summary>Where it comes from.</summary>
    public string Source { get; }

    /// <inheritdoc/>
    public override string ToString() => Hidden;

    /// <summary>Puts the key on a request: into the header named, or as a bearer token.</summary>
    public void Authorise(HttpRequestMessage request, string? header = null)
    {
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, _secret);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _secret);
    }

    /// <summary>A text of the server without the key.</summary>
    public string Clean(string text) => text.Replace(_secret, Hidden, StringComparison.Ordinal);

    /// <summary>Whether the server sent the key back.</summary>
    public bool IsIn(string text) => _secret.Length >= LeastSecret && text.Contains(_secret, StringComparison.Ordinal);
}
