using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RailCluster.Cluster.Tests;

/// <summary>A real HTTP server on the loopback address that writes down when it was called and by whom.</summary>
internal sealed class ScoreStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly long _origin = Stopwatch.GetTimestamp();
    private int _inFlight;
    private int _peak;

    private ScoreStub(WebApplication app) => _app = app;

    public ConcurrentQueue<(TimeSpan At, string Caller)> Calls { get; } = new();

    public int Peak => _peak;

    public string Url => _app.Urls.First();

    public static async Task<ScoreStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new ScoreStub(app);
        app.Run(stub.ServeAsync);
        await app.StartAsync();
        return stub;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        Calls.Enqueue((Stopwatch.GetElapsedTime(_origin), context.Request.Path.Value![1..]));
        var inFlight = Interlocked.Increment(ref _inFlight);
        InterlockedMax(ref _peak, inFlight);
        try
        {
            await Task.Delay(30, context.RequestAborted);
            await context.Response.WriteAsync("8", context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; value > seen; seen = target)
        {
            if (Interlocked.CompareExchange(ref target, value, seen) == seen) return;
        }
    }
}
