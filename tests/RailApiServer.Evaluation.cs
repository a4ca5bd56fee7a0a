using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace RailCluster.Tests;

/// <summary>The contract itself: checks, rates, credits, cache and scores.</summary>
internal sealed partial class RailApiServer
{
    private static readonly string[] Known = ["fairness", "safety", "reliability", "transparency", "privacy", "accountability", "inclusivity", "user_impact"];
    private static readonly string[] Domains = ["general", "healthcare", "finance", "legal", "education", "code"];
    private static readonly string[] UseCases = ["general", "chatbot", "content_generation", "summarization", "translation", "code_generation"];
    private static readonly string[] Flags = ["include_explanations", "include_issues", "include_suggestions"];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Reply, DateTimeOffset Until)> _cache = [];
    private long _window;
    private int _inWindow;

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
        body["policy_outcome"] = new JsonObject { ["enforcement"] = "block", ["threshold"] = 7.0, ["passed"] = true, ["enforced"] = false };
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
