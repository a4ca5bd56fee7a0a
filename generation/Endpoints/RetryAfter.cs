using System.Globalization;
using System.Net.Http.Headers;

namespace RailCluster.Generation;

/// <summary>How long a server asks to be left alone: <c>Retry-After</c> in seconds or as a date, and Azure's <c>retry-after-ms</c>.</summary>
internal static class RetryAfter
{
    /// <summary>Null where the server does not say, or says nothing that can be read; never negative.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, TimeProvider time)
    {
        if (headers.TryGetValues("retry-after-ms", out IEnumerable<string>? values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds))
            return TimeSpan.FromMilliseconds(milliseconds);
        TimeSpan? wait = headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
