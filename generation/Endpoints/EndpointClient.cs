using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>One chat request after another to one server, through Microsoft.Extensions.AI. Patience is not its business.</summary>
internal sealed class EndpointClient : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly EndpointGeneratorOptions _options;
    private readonly HttpClient _plain;
    private readonly HttpClient _chats;
    private readonly IChatClient _client;

    public EndpointClient(EndpointGeneratorOptions options, TimeProvider time)
    {
        _options = options;
        // Redirects would carry the prompts, and perhaps the key, to somebody else.
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !options.Address.IsLoopback,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        var bounded = new BoundedHandler(sockets, options);
        _plain = new HttpClient(bounded, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _chats = new HttpClient(new AnswerHandler(bounded, options, time)) { Timeout = Timeout.InfiniteTimeSpan };
        // The key is put on the wire by our handler: the library never holds it, so nothing of the library's can show it.
        _client = new ChatClient(options.ModelName, new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = options.Address.Uri,
            Transport = new HttpClientPipelineTransport(_chats),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        }).AsIChatClient();
    }

    /// <summary>What the server says about itself.</summary>
    /// <exception cref="EndpointFault">It cannot be asked.</exception>
    public Task<EndpointProfile> ProfileAsync(TimeProvider time, CancellationToken cancellationToken) =>
        EndpointProfile.AskAsync(_plain, _options, time, cancellationToken);

    /// <summary>Sends one request.</summary>
    /// <exception cref="EndpointFault">There is no answer; the kind says what that means.</exception>
    public async Task<EndpointReply> AskAsync(
        IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions chat, GenerationSettings settings, CancellationToken cancellationToken)
    {
        var exchange = new Exchange();
        Exchange.Current.Value = exchange;
        try
        {
            ChatResponse response = await _client.GetResponseAsync(messages, chat, cancellationToken).ConfigureAwait(false);
            return Reply(response, exchange.Answer!, settings);
        }
        catch (Exception e) when (e is not EndpointFault and not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The library reads more of an answer than we check; what it cannot read may still come whole the next time.
            throw e.InnerException as EndpointFault ?? new EndpointFault(FaultKind.Transient, $"the server's answer cannot be read ({e.GetType().Name})");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _plain.Dispose();
        _chats.Dispose();
    }

    // A server that does not report tokens is taken at its word: 0 stands for "not told".
    private static EndpointReply Reply(ChatResponse response, WireAnswer wire, GenerationSettings settings)
    {
        int prompt = Tokens(response.Usage?.InputTokenCount), output = Tokens(response.Usage?.OutputTokenCount);
        if (output > settings.MaxNewTokens)
            throw new EndpointFault(FaultKind.Refused, $"the server generated {output} tokens where at most {settings.MaxNewTokens} were asked for: it does not keep to the limit");
        return new EndpointReply(new GenerationOutcome.Answered(wire.Refusal ?? response.Text, wire.Finish, prompt, output), wire);
    }

    private static int Tokens(long? count) => (int)Math.Clamp(count ?? 0, 0, int.MaxValue);
}

/// <summary>An answer, and what the server said around it.</summary>
internal sealed record EndpointReply(GenerationOutcome.Answered Answer, WireAnswer Wire);
