using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
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
internal sealed class RailApiServer : IAsyncDisposable
{
    private static readonly string[] Known = ["fairness", "safety", "reliability", "transparency", "privacy", "accountability", "inclusivity", "user_impact"];
    private static readonly string[] Domains = ["general", "healthcare", "finance", "legal", "education", "code"];
    private static readonly string[] UseCases = ["general", "chatbot", "content_generation", "summarization", "translation", "code_generation"];
    private static readonly string[] Flags = ["include_explanations", "include_issues", "include_suggestions"];

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Reply, DateTimeOffset Until)> _cache = [];
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private long _window;
    private int _inWindow;
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

    /// <summary>Answers as the contract has it.</summary>
    public Task AnswerAsync(RailApiRequest request, HttpContext context)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Key}")
            return ErrorAsync(context, 401, "invalid API key", "UNAUTHENTICATED");
        if (Late() is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            return ErrorAsync(context, 429, "rate limit exceeded", "RATE_LIMITED");
        }

        if (Fault(request) is { } fault)
            return ErrorAsync(context, 400, fault, "VALIDATION_ERROR");
        lock (_lock)
        {
            string? remembered = Remembered(request);
            double cost = remembered is null ? Cost(request.Mode, request.Dimensions.Length) : 0;
            if (cost > Balance)
                return ErrorAsync(context, 402, "insufficient credits", "INSUFFICIENT_CREDITS", ("balance", Balance), ("required", cost));
            Balance -= cost;
            Charged += cost;
            return remembered is not null ? SendAsync(context, 200, remembered) : EvaluateAsync(request, context, cost);
        }
    }

    private Task<bool> EvaluateAsync(RailApiRequest request, HttpContext context, double cost)
    {
        bool deep = request.Mode == "deep" || (request.Mode == "auto" && request.Dimensions.Any(dimension => Score(request, dimension).Score < 6));
        var scores = new JsonObject();
        foreach (string dimension in request.Dimensions)
            scores[dimension] = Node(Score(request, dimension), request.Body, deep);
        double average = request.Dimensions.Average(dimension => Score(request, dimension).Score);
        JsonObject Evaluation(bool fromCache) => new()
        {
            ["rail_score"] = new JsonObject { ["score"] = Math.Round(average, 3), ["confidence"] = 0.7, ["summary"] = "RAIL Score" },
            ["dimension_scores"] = scores.DeepClone(),
            ["from_cache"] = fromCache,
        };
        if (RefusesCritical && average < 3)
        {
            return TellsCriticalScores
                ? ErrorAsync(context, 422, "the content is critically unsafe", "RAIL_CRITICAL_CONTENT", ("evaluation", Evaluation(false)), ("credits_consumed", cost))
                : ErrorAsync(context, 422, "the content is critically unsafe", "RAIL_CRITICAL_CONTENT", request.Dimensions.Length == 1 ? ("score", average) : ("credits_consumed", cost));
        }

        if (Caches)
            _cache[CacheKey(request)] = (Reply(request, Evaluation(true), deep, 0), Time.GetUtcNow() + TimeSpan.FromMinutes(request.Mode == "basic" ? 5 : 3));
        return SendAsync(context, 200, Reply(request, Evaluation(false), deep, cost));
    }

    private string Reply(RailApiRequest request, JsonObject evaluation, bool deep, double cost)
    {
        var metadata = new JsonObject { ["req_id"] = "r-1", ["mode"] = request.Mode };
        if (request.Mode == "auto")
            (metadata["resolved_mode"], metadata["escalated"]) = (deep ? "deep" : "basic", deep);
        var body = Wrapped ? new JsonObject { ["result"] = evaluation } : evaluation;
        (body["metadata"], body["credits_consumed"]) = (metadata, cost);
        return body.ToJsonString();
    }

    private static JsonObject Node(RailApiScore score, JsonObject body, bool deep)
    {
        var node = new JsonObject { ["score"] = score.Score, ["confidence"] = score.Confidence };
        if (deep && (bool)body["include_explanations"]!)
            node["explanation"] = score.Explanation;
        if (deep && (bool)body["include_issues"]!)
            node["issues"] = new JsonArray([.. score.Issues.Select(issue => JsonValue.Create(issue))]);
        if (deep && (bool)body["include_suggestions"]!)
            node["suggestions"] = new JsonArray("say less");
        return node;
    }

    // A fixed window of the clock, as simple services count.
    private TimeSpan? Late()
    {
        lock (_lock)
        {
            long now = Time.GetUtcNow().UtcTicks;
            if (now / Window.Ticks != _window)
                (_window, _inWindow) = (now / Window.Ticks, 0);
            if (PerWindow is null || ++_inWindow <= PerWindow)
                return null;
            Refused++;
            return TimeSpan.FromTicks(((_window + 1) * Window.Ticks) - now);
        }
    }

    private string? Remembered(RailApiRequest request) =>
        Caches && _cache.TryGetValue(CacheKey(request), out var entry) && entry.Until > Time.GetUtcNow() ? entry.Reply : null;

    private static string CacheKey(RailApiRequest request) => request.Body.ToJsonString();

    /// <summary>What is wrong with a request; null where nothing is.</summary>
    private static string? Fault(RailApiRequest request)
    {
        JsonObject body = request.Body;
        int length = request.Content.EnumerateRunes().Count();
        if (length is < 10 or > 10_000)
            return "content must be 10 to 10000 characters";
        if (request.Mode is not ("basic" or "deep" or "auto"))
            return "unknown mode";
        if (request.Dimensions.Length == 0 || request.Dimensions.Except(Known).Any() || request.Dimensions.Distinct().Count() < request.Dimensions.Length)
            return "unknown dimensions";
        if (body["context"] is { } context && ((string)context!).Length > 1_000)
            return "context must be at most 1000 characters";
        if (!Domains.Contains((string?)body["domain"]) || !UseCases.Contains((string?)body["usecase"]))
            return "unknown domain or usecase";
        // The real service has defaults; clients differ in them, so that a request without the flags means nothing certain.
        return Flags.FirstOrDefault(flag => body[flag]?.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False)) is { } missing ? $"{missing} is missing" : null;
    }

    private static double Cost(string mode, int count) => mode == "basic"
        ? count == 1 ? 0.2 : Math.Min(0.3 * count, 1)
        : count == 1 ? 1 : Math.Min(2.0 * count, 3);

    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => (hash ^ c) * 16777619u);
}
