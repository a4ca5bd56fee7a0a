using System.Net.Http.Headers;

namespace RailCluster.Services;

/// <summary>
/// The one place where bytes leave and enter: puts the key on a request, reads a body whole or not at all up to a limit, and tells a broken
/// connection as what it is.
/// </summary>
/// <param name="inner">What sends.</param>
/// <param name="authorise">Puts the key on a request; null where there is none.</param>
/// <param name="largestBody">The largest body read, in bytes.</param>
public sealed class BoundedHandler(HttpMessageHandler inner, Action<HttpRequestMessage>? authorise, int largestBody) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The client library insists on a key of its own.
        request.Headers.Authorization = null;
        authorise?.Invoke(request);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            Replace(response, body);
            return response;
        }
        catch (Exception e)
        {
            response?.Dispose();
            // A connection that does not come about in time is told as a cancelled one.
            if (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
                throw new EndpointException(FaultKind.Transient, response is null ? $"the server cannot be reached ({Reason(e)})" : "the connection broke before the answer was complete");
            throw;
        }
    }

    internal static void Replace(HttpResponseMessage response, byte[] body)
    {
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        response.Content.Dispose();
        response.Content = new ByteArrayContent(body);
        response.Content.Headers.ContentType = type;
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > largestBody)
            throw TooLarge();
        await using Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] block = new byte[16 << 10];
        for (int read; (read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > largestBody)
                throw TooLarge();
            body.Write(block, 0, read);
        }

        return body.ToArray();
    }

    private EndpointException TooLarge() => new(FaultKind.Refused, $"the server's answer is larger than {largestBody} bytes");

    private static string Reason(Exception e) => e is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http
        ? http.HttpRequestError.ToString()
        : e.GetType().Name;
}
