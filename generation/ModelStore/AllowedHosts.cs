using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Which servers may be asked. Every request passes here, redirects included.</summary>
internal sealed class AllowedHosts(ImmutableArray<string> hosts, bool loopbackHttp)
{
    /// <summary>Lets a request pass.</summary>
    /// <exception cref="ModelException">The scheme or the host is not allowed.</exception>
    public void Require(Uri uri)
    {
        string shown = ModelLocation.Show(uri.OriginalString);
        if (uri.Scheme == Uri.UriSchemeHttp && !(loopbackHttp && uri.IsLoopback))
            throw Refusal($"{shown}: http: is not spoken, for what it brings may be anybody's; serve the model over https");
        if (uri.Scheme is not ("https" or "http" or "az"))
            throw Refusal($"{shown}: models are fetched over https: and az:, not {uri.Scheme}:");
        if (!Allows(uri))
            throw Refusal($"{shown}: the host {Entry(uri)} is not allowed here; add it to the allowed hosts if models may come from there");
    }

    private bool Allows(Uri uri) => hosts.Any(host => host == "*" || host.TrimEnd('/').Equals(Entry(uri), StringComparison.OrdinalIgnoreCase));

    // How the host would be written in the options.
    private static string Entry(Uri uri) => uri.Scheme == "az" ? $"az://{uri.Host}" : uri.IsDefaultPort ? uri.Host : uri.Authority;

    private static ModelException Refusal(string message) => new(FailureKind.ModelUnusable, message);
}
