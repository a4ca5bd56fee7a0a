using System.Globalization;
using System.Net.Http.Headers;

namespace RailCluster.Services;

/// <summary>How long a server asks to be left alone: <c>Retry-After</c> in seconds or as a date, and Azure's <c>retry-after-ms</c>.</summary>
public static class RetryAfter
{
    /// <summary>Null where the server does not say, or says nothing that can be read; never negative.</summary>
    public static TimeSpan? Of(HttpResponseHeaders headers, TimeProvider time) =>
        headers.TryGetValues("retry-after-ms", out IEnumerable<string>? values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Of(headers.RetryAfter, time);

    /// <summary>The same of the header <c>Retry-After</c> alone.</summary>
    public static TimeSpan? Of(string? header, TimeProvider time) =>
        RetryConditionHeaderValue.TryParse(header, out RetryConditionHeaderValue? value) ? Of(value, time) : null;

    private static TimeSpan? Of(RetryConditionHeaderValue? value, TimeProvider time)
    {
        TimeSpan? wait = value?.Delta ?? (value?.Date - time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
