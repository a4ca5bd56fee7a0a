using Microsoft.Extensions.Time.Testing;
using RailCluster.Services;

namespace RailCluster.Generation.Tests;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData("Thu, 01 Jan 2026 00:01:00 GMT", 60)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    [InlineData("1.5", null)]
    [InlineData("-1", null)]
    [InlineData("99999999999", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Of_Header_IsAWaitOrNothing(string? header, int? seconds)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : (TimeSpan?)null, RetryAfter.Of(header, clock));
    }
}
