using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RailCluster.Generation.Tests;

/// <summary>A web server on the loopback address that serves a folder at <c>/model/</c> properly, except for the files that it has a rule for.</summary>
internal sealed class UnrulyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, Func<Exchange, Task>> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    private UnrulyServer(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    /// <summary>All that was asked for, in order.</summary>
    public ConcurrentQueue<Exchange> Exchanges { get; } = [];

    /// <summary>The folder's URI.</summary>
    public string Uri => _app.Urls.Single() + "/model/";

    /// <summary>As <c>127.0.0.1:port</c>.</summary>
    public string Host => new Uri(Uri).Authority;

    /// <summary>Whether answers carry an ETag, as most servers' do.</summary>
    public bool HasTags { get; set; } = true;

    public static async Task<UnrulyServer> StartAsync(string folder)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new UnrulyServer(builder.Build(), folder);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers requests for a file in another way.</summary>
    public void When(string name, Func<Exchange, Task> rule) => _rules[name] = rule;

    /// <summary>Bytes of a file that were sent, all requests together.</summary>
    public long Sent(string name) => Exchanges.Where(exchange => exchange.Name == name).Sum(exchange => exchange.Sent);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        string name = context.Request.Path.Value!["/model/".Length..];
        string file = Path.Combine(_folder, name);
        var exchange = new Exchange(context, name, _asked.AddOrUpdate(name, 1, (_, count) => count + 1), HasTags)
        {
            Content = File.Exists(file) ? await File.ReadAllBytesAsync(file) : null,
        };
        Exchanges.Enqueue(exchange);
        if (_rules.TryGetValue(name, out Func<Exchange, Task>? rule))
            await rule(exchange);
        else
            await exchange.ServeAsync();
    }
}

/// <summary>One request and what is made of it.</summary>
internal sealed class Exchange(HttpContext context, string name, int number, bool hasTags)
{
    public HttpContext Context => context;

    public string Name => name;

    /// <summary>The how-many-eth request for this file, from 1.</summary>
    public int Number => number;

    /// <summary>What the client asked for, as <c>bytes=7-</c>; null for all.</summary>
    public string? Range { get; } = context.Request.Headers.Range.FirstOrDefault();

    public string? IfRange { get; } = context.Request.Headers.IfRange.FirstOrDefault();

    public byte[]? Content { get; set; }

    public long Sent { get; private set; }

    private HttpResponse Response => context.Response;

    /// <summary>Answers as it should be: 404, 304, 206 or 200.</summary>
    /// <param name="cutAfter">Bytes after which the connection is cut; null for none.</param>
    /// <param name="ignoreRange">Sends all whatever was asked for.</param>
    /// <param name="chunked">Announces no length.</param>
    public async Task ServeAsync(int? cutAfter = null, bool ignoreRange = false, bool chunked = false)
    {
        if (Content is null)
        {
            Response.StatusCode = 404;
            return;
        }

        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..16]}\"";
        if (hasTags)
            Response.Headers.ETag = tag;
        if (hasTags && context.Request.Headers.IfNoneMatch == tag)
        {
            Response.StatusCode = 304;
            return;
        }

        int from = Range is null || ignoreRange || (IfRange is not null && IfRange != tag)
            ? 0
            : int.Parse(Range.AsSpan("bytes=".Length, Range.Length - "bytes=".Length - 1), CultureInfo.InvariantCulture);
        if (from > 0)
        {
            Response.StatusCode = 206;
            Response.Headers.ContentRange = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }

        if (!chunked)
            Response.ContentLength = Content.Length - from;
        // Fewer bytes than were announced: the server sends them, and closes the connection.
        await SendAsync(Content.AsMemory(from, Math.Min(cutAfter ?? int.MaxValue, Content.Length - from)));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await Response.Body.WriteAsync(bytes);
        await Response.Body.FlushAsync();
        Sent += bytes.Length;
    }

    public Task StatusAsync(int status, string? retryAfter = null)
    {
        Response.StatusCode = status;
        if (retryAfter is not null)
            Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    }

    public Task RedirectAsync(string location)
    {
        Response.StatusCode = 302;
        Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}
