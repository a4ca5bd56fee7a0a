using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using RailCluster.Contracts;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

/// <summary>Clients of Microsoft.Extensions.AI that are not ours.</summary>
public sealed class JudgeClientTests : JudgeTest
{
    public static TheoryData<Exception, bool, string> Exceptions() => new()
    {
        { new HttpRequestException("key sk-1", null, HttpStatusCode.Unauthorized), false, "(401)" },
        { new HttpRequestException("key sk-1", null, HttpStatusCode.PaymentRequired), false, "(402)" },
        { new HttpRequestException("key sk-1", null, HttpStatusCode.BadRequest), false, "(400)" },
        { new HttpRequestException("key sk-1", null, HttpStatusCode.TooManyRequests), true, "(429)" },
        { new HttpRequestException("key sk-1", null, HttpStatusCode.BadGateway), true, "502" },
        { new HttpRequestException("key sk-1"), true, "cannot be reached" },
        { new TaskCanceledException("key sk-1"), true, "whether there was one is not known" },
        { new TimeoutException("key sk-1"), true, "whether there was one is not known" },
        { new NotSupportedException("key sk-1"), false, "cannot send such a request" },
        { new JsonException("key sk-1"), true, "cannot be read" },
        { new InvalidOperationException("key sk-1", new EndpointException(FaultKind.Refused, "it refused")), false, "it refused" },
        { new InvalidOperationException("key sk-1"), true, "the client failed (InvalidOperationException)" },
    };

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public async Task ScoreAsync_ExceptionOfAnyClient_IsAFailureOfItsKind(Exception exception, bool retryable, string words)
    {
        using var client = new FailingClient(exception);
        var judge = new JudgeScorer(client, Quick(), new OpenQuota(), TimeProvider.System);
        ScoreOutcome.Failed failed = Failure(await judge.ScoreAsync(Ask(), Stop));
        Assert.Equal((retryable, retryable ? 3 : 1), (failed.Retryable, client.Calls));
        Assert.Contains(words, failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-1", failed.Error, StringComparison.Ordinal);
    }

    // The vendor's own client, without our handlers below it.
    [Theory]
    [InlineData(401, false, "(401)")]
    [InlineData(429, true, "(429)")]
    [InlineData(503, true, "503")]
    [InlineData(200, true, "filtered")]
    public async Task ScoreAsync_ClientOfAVendor_IsUnderstood(int status, bool retryable, string words)
    {
        Server.Chat = (_, context) => status == 200 ? ChatServer.AnswerAsync(context, "", "content_filter") : ChatServer.ErrorAsync(context, status, Secret);
        var options = new OpenAIClientOptions { Endpoint = new Uri(Server.Url), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
        using IChatClient client = new OpenAI.Chat.ChatClient("m", new ApiKeyCredential(Secret), options).AsIChatClient();
        ScoreOutcome outcome = (await new JudgeScorer(client, Quick(), new OpenQuota(), TimeProvider.System).ScoreAsync(Ask(), Stop)).Scores[Dimension.Safety];
        Assert.Contains(words, outcome.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, outcome.ToString(), StringComparison.Ordinal);
        Assert.Equal(status == 200, outcome is ScoreOutcome.Unscorable);
        Assert.True(outcome is not ScoreOutcome.Failed failed || failed.Retryable == retryable);
    }

    [Fact]
    public async Task ScoreAsync_ClientThatHeedsNoToken_IsLeftBehindAtTheDeadline()
    {
        using var client = new DeafClient();
        JudgeOptions options = Quick() with { LegacyMaxTokens = false, Patience = new CallPatience { Attempts = 1, AttemptDeadline = TimeSpan.FromMilliseconds(50) } };
        ScoreOutcome.Failed failed = Failure(await new JudgeScorer(client, options, new OpenQuota(), TimeProvider.System).ScoreAsync(Ask(), Stop));
        Assert.Contains("no answer within 0.05 s", failed.Error, StringComparison.Ordinal);
        ChatOptions sent = client.Options!;
        Assert.Equal(JsonValueKind.Object, Assert.IsType<ChatResponseFormatJson>(sent.ResponseFormat).Schema!.Value.ValueKind);
        Assert.Equal((0f, 1, 4096), (sent.Temperature, sent.Seed, sent.MaxOutputTokens));
    }

    private sealed class DeafClient : IChatClient
    {
        public ChatOptions? Options { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Options = options;
            return new TaskCompletionSource<ChatResponse>().Task;
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    private sealed class FailingClient(Exception exception) : IChatClient
    {
        public int Calls { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Calls++;
            throw exception;
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw exception;

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
