using System.Text.RegularExpressions;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What kind of place a model lies in.</summary>
public enum ModelPlace
{
    /// <summary>A folder of the machine that generates.</summary>
    Folder,

    /// <summary>A folder of a web server: <c>https://host/folder/</c>.</summary>
    Web,

    /// <summary>A folder of Azure Blob Storage: <c>az://account/container/folder/</c>.</summary>
    Azure,
}

/// <summary>
/// A <see cref="ModelReference"/> read: a folder's path, <c>file:///folder</c>, <c>https://host/folder/</c> or <c>az://account/container/folder/</c>.
/// A URI carries no user, no query and no fragment: a name is stored and shown everywhere, so nothing secret can be part of it.
/// </summary>
public sealed partial record ModelLocation
{
    private const int Longest = 2048;

    private ModelLocation(ModelPlace place, string name) => (Place, Name) = (place, name);

    /// <summary>What kind of place.</summary>
    public ModelPlace Place { get; }

    /// <summary>A folder's path as it was written, or the URI in its one spelling, which ends in <c>/</c>.</summary>
    public string Name { get; }

    /// <summary>The URI.</summary>
    /// <exception cref="UriFormatException">It is a folder.</exception>
    public Uri Uri => new(Name);

    /// <summary>Whether a name is a URI rather than a path.</summary>
    public static bool IsUri(string name) => name.Contains("://", StringComparison.Ordinal) || name.StartsWith("file:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a name.</summary>
    /// <exception cref="RailInputException">It is none; the message names it without what may be secret.</exception>
    public static ModelLocation Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsUri(name)) return new ModelLocation(ModelPlace.Folder, name);
        if (name.Length > Longest) throw new RailInputException($"a model's URI has {name.Length} characters; at most {Longest}");
        if (!Uri.TryCreate(name, UriKind.Absolute, out var uri))
            throw new RailInputException("the model's name is no URI: write file:///folder, https://host/folder/ or az://account/container/folder/");
        if (uri.UserInfo.Length > 0 || name.AsSpan().IndexOfAny('?', '#') >= 0)
            throw new RailInputException($"{Show(name)} carries a user, a query or a fragment: a model's name carries no credentials; give those to the machine that reads it");
        if (name.Contains('\\') || Escaped().IsMatch(name) || name.Any(char.IsControl) || Dots().IsMatch(name))
            throw new RailInputException($"{Show(name)} has '..', '\\', an escaped separator or a control character: write the folder plainly");
        return uri.Scheme switch
        {
            "file" => OfFile(uri, name),
            "https" or "http" => new ModelLocation(ModelPlace.Web, Slashed(uri.AbsoluteUri)),
            "az" => OfAzure(uri, name),
            _ => throw new RailInputException($"{Show(name)}: models are read from file:, https: and az: (Azure Blob Storage), not from {uri.Scheme}:"),
        };
    }

    /// <summary>A URI without user, query and fragment: what errors and logs may show.</summary>
    public static string Show(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var end = uri.AsSpan().IndexOfAny('?', '#');
        var shown = end < 0 ? uri : uri[..end];
        var host = shown.IndexOf("://", StringComparison.Ordinal) + 3;
        if (host < 3) return shown;
        var slash = shown.IndexOf('/', host);
        var at = shown.LastIndexOf('@', slash < 0 ? shown.Length - 1 : slash);
        return at < host ? shown : shown[..host] + shown[(at + 1)..];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static ModelLocation OfFile(Uri uri, string name) => uri.Host.Length == 0 && uri.LocalPath.Length > 1
        ? new ModelLocation(ModelPlace.Folder, Path.TrimEndingDirectorySeparator(uri.LocalPath))
        : throw new RailInputException($"{Show(name)}: a file: URI names a folder of the machine that generates, as file:///folder");

    private static ModelLocation OfAzure(Uri uri, string name) => AzureFolder().IsMatch(name)
        ? new ModelLocation(ModelPlace.Azure, Slashed(uri.AbsoluteUri))
        : throw new RailInputException($"{Show(name)}: write az://account/container/folder/");

    private static string Slashed(string uri) => uri.EndsWith('/') ? uri : uri + "/";

    // Encoded '/', '\', '.' and control characters would be decoded by somebody on the way.
    [GeneratedRegex("%(2f|5c|2e|[01][0-9a-f]|7f)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"(^|/)\.{1,2}(/|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Dots();

    [GeneratedRegex("^az://[a-z0-9]{3,24}/(\\$root|[a-z0-9](-?[a-z0-9]){2,62})/.+", RegexOptions.CultureInvariant)]
    private static partial Regex AzureFolder();
}
