using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>The secret that a server asks for. It is written to the wire and nowhere else: no text of this type, and none that was cleaned by it, shows it.</summary>
public sealed class EndpointKey
{
    private const string Hidden = "[key]";

    // A placeholder such as "none" may stand in any text; a secret of this length does not by chance.
    private const int LeastSecret = 8;
    private const int DeepestEscapes = 3;

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

    /// <summary>Tells keys apart without showing them: the first 12 hex digits of the SHA-256.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(_secret)))[..12];

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

    /// <summary>A text of the server without the key, however its letters are written.</summary>
    public string Clean(string text) => text.Replace(_secret, Hidden, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the server sent the key back, be it with JSON's escapes, or with those of JSON within JSON.</summary>
    public bool IsIn(string text)
    {
        if (_secret.Length < LeastSecret)
            return false;
        for (int depth = 0; ; depth++)
        {
            if (text.Contains(_secret, StringComparison.OrdinalIgnoreCase))
                return true;
            if (depth == DeepestEscapes || !text.Contains('\\', StringComparison.Ordinal))
                return false;
            text = Unescaped(text);
        }
    }

    private static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            bool escape = text[at] == '\\' && at + 1 < text.Length;
            if (escape && text[at + 1] == 'u' && at + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
            {
                plain.Append((char)unit);
                at += 5;
            }
            else
            {
                plain.Append(escape ? text[++at] : text[at]);
            }
        }

        return plain.ToString();
    }
}
