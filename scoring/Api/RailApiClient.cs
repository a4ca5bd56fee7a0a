using System.Net;
using System.Net.Http.Headers;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Sends one evaluation after another to the RAIL API. Patience is not its business, nor what an answer means.</summary>
internal sealed class RailApiClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly RailApiOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Uri _eval;

    public RailApiClient(RailApiOptions options, TimeProvider time)
    {
        (_options, _time, _eval) = (options, time, options.Address.Eval);
        // A redirect would carry the answers, and perhaps the key, to somebody else. Nothing is unpacked, so that a small body stays small.
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = !options.Address.Uri.IsLoopback,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        var bounded = new BoundedHandler(new WireHandler(sockets), request => options.Key.Authorise(request), options.LargestBody);
        _http = new HttpClient(bounded) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request.</summary>
    /// <param name="body">The evaluation.</param>
    /// <param name="trace">Learns whether the request was never sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EndpointException">There is no whole response.</exception>
    public async Task<RailApiResponse> SendAsync(byte[] body, WireTrace trace, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _eval) { Content = new ByteArrayContent(body) { Headers = { ContentType = Json } } };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("RailCluster");
        request.Options.Set(WireTrace.Key, trace);
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new RailApiResponse(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
            RetryAfter.Of(response.Headers, _time));
    }

    public void Dispose() => _http.Dispose();

    public override string ToString() => $"{RailApiScorer.Name} at {_options.Address}";

    /// <summary>What is known of a request's way.</summary>
    internal sealed class WireTrace
    {
        public static readonly HttpRequestOptionsKey<WireTrace> Key = new("rail-api");

        /// <summary>Whether there was no connection to send it on, so that it cannot have cost anything.</summary>
        public bool NeverSent { get; set; }
    }

    private sealed class WireHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.Content.Headers.ContentEncoding is not { Count: > 0 } encodings || encodings.All(name => name == "identity"))
                    return response;
                response.Dispose();
                throw new EndpointException(FaultKind.Refused, "the service's answer is compressed, which was not asked for");
            }
            catch (Exception e) when (IsConnecting(e, cancellationToken))
            {
                if (request.Options.TryGetValue(WireTrace.Key, out WireTrace? trace))
                    trace.NeverSent = true;
                throw;
            }
            catch (HttpRequestException e)
            {
                throw new EndpointException(FaultKind.Transient, $"the connection broke before there was an answer ({e.HttpRequestError})");
            }
        }

        // A connection that does not come about in time is told as a cancelled one.
        private static bool IsConnecting(Exception e, CancellationToken cancellationToken) => e switch
        {
            HttpRequestException http => http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            OperationCanceledException => !cancellationToken.IsCancellationRequested,
            _ => false,
        };
    }
}
