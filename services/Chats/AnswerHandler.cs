using System.Net;
using System.Net.Http.Headers;

namespace RailCluster.Services;

/// <summary>What one request brought beside what Microsoft.Extensions.AI passes on; follows the request through the client library.</summary>
internal sealed class Exchange
{
    public static AsyncLocal<Exchange?> Current { get; } = new();

    public WireAnswer? Answer { get; set; }
}

/// <summary>Reads what a server answers to a chat completion before the client library does: errors become faults, and only a whole answer passes.</summary>
internal sealed class AnswerHandler(HttpMessageHandler inner, EndpointKey? key, TimeProvider time) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw ErrorBody.Fault(response.StatusCode, RetryAfter.Of(response.Headers, time), body, key);
            var answer = WireAnswer.Read(body, key);
            if (Exchange.Current.Value is { } exchange)
                exchange.Answer = answer;
            // Not every status of success is the library's.
            response.StatusCode = HttpStatusCode.OK;
            BoundedHandler.Replace(response, answer.Body);
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
