using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RailCluster.Tests;

/// <summary>One request as it came over the wire.</summary>
/// <param name="Body">The JSON sent.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Attempt">1 for the first request with this prompt.</param>
internal sealed record ChatRequest(JsonObject Body, IReadOnlyDictionary<string, string> Headers, int Attempt)
{
    /// <summary>The last message.</summary>
    public string Prompt => (string)Body["messages"]!.AsArray()[^1]!["content"]!;
}

/// <summary>A real HTTP server on the loopback address that speaks OpenAI's chat completions, and misbehaves as a test tells it to.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _attempts = new();
    private int _inFlight;
    private int _peak;

    private ChatServer(WebApplication app) => _app = app;

    /// <summary>Where it answers, ending in <c>/v1</c>.</summary>
    public string Url => _app.Urls.First() + "/v1";

    /// <summary>Every chat request, in order of arrival.</summary>
    public ConcurrentQueue<ChatRequest> Requests { get; } = new();

    /// <summary>Every path asked for.</summary>
    public ConcurrentQueue<string> Paths { get; } = new();

    /// <summary>The most chats under way at a time.</summary>
    public int Peak => _peak;

    /// <summary>What a chat is answered with; by default an answer that repeats the prompt.</summary>
    public Func<ChatRequest, HttpContext, Task> Chat { get; set; } = (request, context) => AnswerAsync(context, $"say {request.Prompt}");

    /// <summary>What the list of models is; null for none (404).</summary>
    public string? Models { get; set; } = """{"object":"list","data":[{"id":"m","object":"model","owned_by":"tests"}]}""";

    public static async Task<ChatServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var server = new ChatServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Sends a whole answer.</summary>
    public static Task AnswerAsync(HttpContext context, string text, string finish = "stop", string extra = "", string usage = """{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8}""") =>
        JsonAsync(context, 200, $$"""{"id":"c","object":"chat.completion","created":1,"model":"m-2026","system_fingerprint":"fp_1","choices":[{"index":0,"message":{"role":"assistant","content":{{JsonValue.Create(text).ToJsonString()}}},"finish_reason":"{{finish}}"{{extra}}}],"usage":{{usage}}}""");

    /// <summary>Sends any body.</summary>
    public static async Task JsonAsync(HttpContext context, int status, string body, string type = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Sends an error as OpenAI does.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string message = "no", string? code = null) =>
        JsonAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "error", ["code"] = code } }.ToJsonString());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        Paths.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        if (context.Request.Path.Value!.EndsWith("/models", StringComparison.Ordinal))
            await JsonAsync(context, Models is null ? 404 : 200, Models ?? "{}");
        else
            await ServeChatAsync(context);
    }

    private async Task ServeChatAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = JsonNode.Parse(await reader.ReadToEndAsync())!.AsObject();
        var request = new ChatRequest(body, context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), 0);
        request = request with { Attempt = _attempts.AddOrUpdate(request.Prompt, 1, (_, before) => before + 1) };
        Requests.Enqueue(request);
        int now = Interlocked.Increment(ref _inFlight);
        for (int peak; (peak = _peak) < now && Interlocked.CompareExchange(ref _peak, now, peak) != peak;)
        {
        }

        try
        {
            await Chat(request, context);
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
