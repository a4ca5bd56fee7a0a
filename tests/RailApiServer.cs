using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RailCluster.Tests;

/// <summary>One evaluation as it came over the wire.</summary>
/// <param name="Body">The JSON sent.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Attempt">1 for the first request with this content, mode and dimensions.</param>
internal sealed record RailApiRequest(JsonObject Body, IReadOnlyDictionary<string, string> Headers, int Attempt)
{
    public string Content => (string)Body["content"]!;

    public string Mode => (string)Body["mode"]!;

    public string[] Dimensions => [.. Body["dimensions"]!.AsArray().Select(dimension => (string)dimension!)];
}

/// <summary>A score that the server gives to one dimension.</summary>
internal sealed record RailApiScore(double Score, double Confidence, string Explanation = "it seems so", params string[] Issues);

/// <summary>
/// A real HTTP server on the loopback address that speaks the RAIL API's contract: it checks requests, keys, credits and rates, remembers equal requests,
/// calls averages under 3.0 critical where it is told to, answers in either shape, and misbehaves as a test tells it to.
/// </summary>
internal sealed partial class RailApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private int _inFlight;
    private int _peak;

    private RailApiServer(WebApplication app) => _app = app;

    /// <summary>The base address.</summary>
    public string Url => _app.Urls.First();

    /// <summary>The key that it accepts.</summary>
    public string Key { get; set; } = "rail_test-key-0123456789abcdef";

    /// <summary>Credits left.</summary>
    public double Balance { get; set; } = 1_000_000;

    /// <summary>Evaluations in one window; null for no limit.</summary>
    public int? PerWindow { get; set; }

    /// <summary>The length of a window: a minute, or less where a test has no time.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an evaluation takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The server's clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Whether an evaluation stands in <c>result</c>, as in the documentation, or bare, as some clients read it.</summary>
    public bool Wrapped { get; set; } = true;

    /// <summary>Whether errors are nested, or flat.</summary>
    public bool NestedErrors { get; set; }

    /// <summary>Whether equal requests are answered from memory, 5 minutes for basic and 3 for deep.</summary>
    public bool Caches { get; set; } = true;

    /// <summary>Whether an average under 3.0 is answered with 422.</summary>
    public bool RefusesCritical { get; set; }

    /// <summary>What a critical answer says beside its code.</summary>
    public bool TellsCriticalScores { get; set; } = true;

    /// <summary>How it scores; by default a function of content and dimension between 5 and 9.</summary>
    public Func<RailApiRequest, string, RailApiScore> Score { get; set; } = static (request, dimension) =>
        new RailApiScore(5 + (Hash(request.Content + "/" + dimension) % 4_001 / 1_000.0), 0.8, $"{dimension} seems sound", dimension == "privacy" ? ["PII Exposure"] : []);

    /// <summary>Misbehaves in place of an answer; false to answer as usual.</summary>
    public Func<RailApiRequest, HttpContext, Task<bool>> Misbehave { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Every evaluation asked for, in order of arrival.</summary>
    public ConcurrentQueue<RailApiRequest> Requests { get; } = new();

    /// <summary>Credits charged.</summary>
    public double Charged { get; private set; }

    /// <summary>Requests refused for the rate.</summary>
    public int Refused { get; private set; }

    /// <summary>The most evaluations under way at a time.</summary>
    public int Peak => _peak;

    public static async Task<RailApiServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new RailApiServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Sends any body.</summary>
    public static async Task<bool> SendAsync(HttpContext context, int status, string body, string? type = "application/json")
    {
        context.Response.StatusCode = status;
        if (type is not null)
            context.Response.ContentType = type;
        await context.Response.WriteAsync(body, context.RequestAborted);
        return true;
    }

    /// <summary>Sends an error in the shape that is set.</summary>
    public Task<bool> ErrorAsync(HttpContext context, int status, string message, string? code = null, params (string Name, JsonNode? Value)[] more)
    {
        var body = new JsonObject();
        JsonObject fields = body;
        if (NestedErrors)
            body["error"] = fields = new JsonObject { ["message"] = message };
        else
            body["error"] = message;
        fields["code"] = code;
        foreach ((string name, JsonNode? value) in more)
            fields[name] = value;
        return SendAsync(context, status, body.ToJsonString());
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (context.Request.Path == "/health")
            await SendAsync(context, 200, """{"status":"healthy","service":"rail-score-engine"}""");
        else if (context.Request.Method != "POST" || context.Request.Path != "/railscore/v1/eval")
            await ErrorAsync(context, 404, "not found");
        else
            await ServeEvalAsync(context);
    }

    private async Task ServeEvalAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
        var request = new RailApiRequest(body, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), 0);
        request = request with { Attempt = _attempts.AddOrUpdate($"{request.Mode}|{body["dimensions"]}|{request.Content}", 1, (_, before) => before + 1) };
        Requests.Enqueue(request);
        int now = Interlocked.Increment(ref _inFlight);
        for (int peak; (peak = _peak) < now && Interlocked.CompareExchange(ref _peak, now, peak) != peak;)
        {
        }

        try
        {
            if (Latency > TimeSpan.Zero)
                await Task.Delay(Latency, context.RequestAborted);
            if (!await Misbehave(request, context))
                await AnswerAsync(request, context);
        }
        catch (OperationCanceledException)
        {
            // The client gave up.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
