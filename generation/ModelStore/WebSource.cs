using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A folder of a web server. With a <see cref="ModelManifest"/> it can tell what it holds; without one, files are asked for by name.</summary>
internal sealed class WebSource(Uri folder, AllowedHosts hosts, ModelDownloadOptions options, TimeProvider time) : IModelSource
{
    private const int MostRedirects = 5;
    private const string Changed = "changed ";

    // One for the process: connections are shared, and nothing of one request is known to another.
    private static readonly HttpClient Client = Create(proxy: true);

    // What is said to this machine does not leave it for a proxy.
    private static readonly HttpClient LoopbackClient = Create(proxy: false);

    /// <inheritdoc/>
    public async Task<ImmutableDictionary<string, RemoteFile>?> ListAsync(CancellationToken cancellationToken)
    {
        await using RemoteContent? content = await OpenAsync(new RemoteFile(ModelManifest.Name), 0, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return null;
        try
        {
            return ModelManifest.Read(await SmallBody.ReadAsync(content.Body, ModelManifest.MostBytes, options.StallTimeout, time, cancellationToken).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{folder}: {e.Message}: publish the folder again", e);
        }
        catch (Exception e) when (e is IOException and not ModelUnreachableException)
        {
            throw new ModelUnreachableException($"{folder}{ModelManifest.Name}: the connection broke off", e);
        }
    }

    /// <inheritdoc/>
    public async Task<RemoteContent?> OpenAsync(RemoteFile file, long from, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await SendAsync(file.Name, request => AskFrom(request, file, from), cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && from > 0)
            {
                response.Dispose();
                return await OpenAsync(file, 0, cancellationToken).ConfigureAwait(false);
            }

            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                response.Dispose();
                return null;
            }

            long begins = Begin(response, file, from);
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            long? length = begins > 0 ? response.Content.Headers.ContentRange!.Length : response.Content.Headers.ContentLength;
            return new RemoteContent(body, begins, length, TagOf(response), response);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> IsSameAsync(RemoteFile file, CancellationToken cancellationToken)
    {
        if (file.Tag is null)
            return false;
        using HttpResponseMessage response = await SendAsync(file.Name, request =>
        {
            if (file.Tag.StartsWith(Changed, StringComparison.Ordinal))
                request.Headers.IfModifiedSince = DateTimeOffset.Parse(file.Tag.AsSpan(Changed.Length), CultureInfo.InvariantCulture);
            else if (EntityTagHeaderValue.TryParse(file.Tag, out EntityTagHeaderValue? tag))
                request.Headers.IfNoneMatch.Add(tag);
        }, cancellationToken).ConfigureAwait(false);
        return response.StatusCode switch
        {
            HttpStatusCode.NotModified => true,
            HttpStatusCode.OK => TagOf(response) == file.Tag,
            HttpStatusCode.NotFound or HttpStatusCode.Gone => false,
            _ => throw WebAnswers.Failure(response, Shown(file.Name), time),
        };
    }

    private static void AskFrom(HttpRequestMessage request, RemoteFile file, long from)
    {
        if (from == 0 || !file.CanResume)
            return;
        request.Headers.Range = new RangeHeaderValue(from, null);
        if (file.Tag is ['"', ..])
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue(file.Tag));
    }

    private long Begin(HttpResponseMessage response, RemoteFile file, long from)
    {
        if (response.Content.Headers.ContentEncoding.Count > 0)
            throw new ModelException(FailureKind.ModelUnusable, $"{Shown(file.Name)} comes encoded though nobody asked for it: serve it as it is");
        if (response.StatusCode == HttpStatusCode.OK)
            return 0;
        if (response.StatusCode != HttpStatusCode.PartialContent)
            throw WebAnswers.Failure(response, Shown(file.Name), time);
        return from > 0 && response.Content.Headers.ContentRange is { From: { } begins, Length: not null } && begins == from
            ? from
            : throw new ModelException(FailureKind.ModelUnusable, $"{Shown(file.Name)} comes in another part than was asked for: serve it from a server that keeps to HTTP ranges");
    }

    private async Task<HttpResponseMessage> SendAsync(string name, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        Uri uri = new(folder, RemoteName.Escape(name));
        for (int redirects = 0; ; redirects++)
        {
            hosts.Require(uri);
            HttpResponseMessage response = await SendOnceAsync(uri, name, prepare, cancellationToken).ConfigureAwait(false);
            if (!WebAnswers.IsRedirect(response) || response.Headers.Location is not { } location)
                return response;
            response.Dispose();
            Uri next = new(uri, location);
            if (redirects >= MostRedirects)
                throw new ModelException(FailureKind.ModelUnusable, $"{Shown(name)} redirects more than {MostRedirects} times: name the folder that it leads to");
            if (uri.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
                throw new ModelException(FailureKind.ModelUnusable, $"{Shown(name)} redirects from https: to {next.Scheme}:, which is not followed; serve it over https");
            uri = next;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri uri, string name, Action<HttpRequestMessage> prepare, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        prepare(request);
        try
        {
            return await (uri.IsLoopback ? LoopbackClient : Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelUnreachableException($"{Shown(name)}: {uri.Host} did not answer within {options.RequestTimeout.TotalSeconds:0.#} s", e);
        }
        catch (HttpRequestException e)
        {
            throw new ModelUnreachableException($"{Shown(name)}: {uri.Host} cannot be reached ({e.HttpRequestError})", e);
        }
    }

    private static HttpClient Create(bool proxy) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = proxy,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(30),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private string Shown(string name) => $"{folder}{name}";

    private static string? TagOf(HttpResponseMessage response) =>
        response.Headers.ETag?.ToString()
        ?? (response.Content.Headers.LastModified is { } changed ? FormattableString.Invariant($"{Changed}{changed:O}") : null);
}
