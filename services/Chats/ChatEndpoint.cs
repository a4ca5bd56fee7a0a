using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace RailCluster.Services;

/// <summary>Which chat server is asked, and how its bytes are bounded.</summary>
/// <param name="Address">The server.</param>
/// <param name="ModelName">The model's name there.</param>
/// <param name="Key">The server's key; null where it asks for none.</param>
/// <param name="LargestBody">The largest body read from the server, in bytes.</param>
public sealed record ChatAccess(EndpointAddress Address, string ModelName, EndpointKey? Key = null, int LargestBody = 4 << 20);

/// <summary>
/// A chat server through Microsoft.Extensions.AI. Whatever goes wrong is an <see cref="EndpointException"/>; the library's own retries and time limits
/// are off, so patience is the caller's business (<see cref="CallRetries"/>).
/// </summary>
public sealed class ChatEndpoint : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _chats;

    /// <summary>Connects to nothing yet.</summary>
    public ChatEndpoint(ChatAccess access, TimeProvider time)
    {
        // Redirects would carry the prompts, and perhaps the key, to somebody else.
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !access.Address.IsLoopback,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        var bounded = new BoundedHandler(sockets, access.Key is { } key ? request => key.Authorise(request, access.Address.KeyHeader) : null, access.LargestBody);
        Plain = new HttpClient(bounded, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        _chats = new HttpClient(new AnswerHandler(bounded, access.Key, time)) { Timeout = Timeout.InfiniteTimeSpan };
        // The key is put on the wire by our handler: the library never holds it, so nothing of the library's can show it.
        Client = new ChatClient(access.ModelName, new ApiKeyCredential("none"), new OpenAIClientOptions
        {
            Endpoint = access.Address.Uri,
            Transport = new HttpClientPipelineTransport(_chats),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        }).AsIChatClient();
    }

    /// <summary>Asks chats.</summary>
    public IChatClient Client { get; }

    /// <summary>Asks anything else of the same server.</summary>
    internal HttpClient Plain { get; }

    /// <summary>The fault behind an exception of <see cref="Client"/>: the library wraps ours, and reads more of an answer than we check.</summary>
    public static EndpointException FaultOf(Exception exception) => exception as EndpointException ?? exception.InnerException as EndpointException
        ?? new EndpointException(FaultKind.Transient, $"the server's answer cannot be read ({exception.GetType().Name})");

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Plain.Dispose();
        _chats.Dispose();
    }
}
