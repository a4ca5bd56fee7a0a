using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Servers that fail, for a while or for good.</summary>
public sealed class EndpointRetryTests : EndpointTest
{
    [Theory]
    [InlineData(408)]
    [InlineData(409)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(529)]
    public async Task GenerateAsync_StatusThatPasses_IsAskedAgain(int status)
    {
        Server.Chat = (request, context) => request.Attempt < 3 ? ChatServer.ErrorAsync(context, status) : ChatServer.AnswerAsync(context, "at last");
        Assert.Equal("at last", Assert.IsType<GenerationOutcome.Answered>(await OneAsync()).Text);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task GenerateAsync_StatusThatStays_FailsAfterItsAttempts()
    {
        Server.Chat = (_, context) => ChatServer.ErrorAsync(context, 503, "out of\nmemory");
        EndpointGenerator generator = await ConnectAsync();
        var outcomes = await AllAsync(generator, Many(4), Greedy);
        Assert.All(outcomes.Values, outcome => Assert.Equal(new GenerationOutcome.Failed("the server answered 503: \"out of memory\" (3 attempts)", Retryable: true), outcome));
        Assert.Equal((12L, 8L, 4L), (generator.Stats.Requests, generator.Stats.Retries, generator.Stats.Prompts));
    }

    [Theory]
    [InlineData(401, "refused the key from TEST_KEY (401)")]
    [InlineData(403, "refused the key from TEST_KEY (403)")]
    [InlineData(404, "no such model or path (404)")]
    [InlineData(405, "does not answer chats there (405)")]
    [InlineData(307, "redirects are not followed")]
    public async Task GenerateAsync_StatusForAll_ThrowsOnceAndAsksNobodyAgain(int status, string expected)
    {
        Server.Chat = (_, context) =>
        {
            context.Response.Headers.Location = "http://127.0.0.1:9/elsewhere";
            return ChatServer.ErrorAsync(context, status);
        };
        EndpointGenerator generator = await ConnectAsync(Quick() with { Slots = 1 });
        var error = await Assert.ThrowsAsync<ModelException>(() => AllAsync(generator, Many(20), Greedy));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith($"{Server.Url} (m): ", error.Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task GenerateAsync_QuotaUsedUp_ThrowsAndDoesNotWait()
    {
        Server.Chat = (_, context) => ChatServer.ErrorAsync(context, 429, "You exceeded your current quota", "insufficient_quota");
        EndpointGenerator generator = await ConnectAsync(Quick() with { Slots = 1 });
        Assert.Contains("quota is used up", (await Assert.ThrowsAsync<ModelException>(() => AllAsync(generator, Many(3), Greedy))).Message, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData("seconds", 30, 3600, 30)]
    [InlineData("date", 30, 3600, 28)] // Dates have no fractions, and the clock goes on while the answer is under way.
    [InlineData("milliseconds", 30, 3600, 30)]
    [InlineData("seconds", 7200, 60, 60)]
    public async Task GenerateAsync_RetryAfter_IsFollowedUpToTheLongestWait(string form, int asked, int longest, int atLeast)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var arrivals = new List<DateTimeOffset>();
        Server.Chat = (request, context) =>
        {
            arrivals.Add(clock.GetUtcNow());
            (string name, string value) = form switch
            {
                "seconds" => ("Retry-After", asked.ToString(CultureInfo.InvariantCulture)),
                "milliseconds" => ("retry-after-ms", (asked * 1000).ToString(CultureInfo.InvariantCulture)),
                _ => ("Retry-After", clock.GetUtcNow().AddSeconds(asked).ToString("R", CultureInfo.InvariantCulture)),
            };
            context.Response.Headers[name] = value;
            return request.Attempt == 1 ? ChatServer.ErrorAsync(context, 429) : ChatServer.AnswerAsync(context, "thanks");
        };
        EndpointGenerator generator = await ConnectAsync(
            Quick() with { LongestWait = TimeSpan.FromSeconds(longest), AttemptDeadline = TimeSpan.FromDays(1), Deadline = TimeSpan.FromDays(1) }, clock);

        Task<Dictionary<string, GenerationOutcome>> work = AllAsync(generator, [Say("hello")], Greedy);
        while (!work.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(1, Stop);
        }

        Assert.IsType<GenerationOutcome.Answered>((await work)["hello"]);
        Assert.InRange(arrivals[1] - arrivals[0], TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(7000));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_ConnectionThatBreaks_IsAskedAgain(bool inTheBody)
    {
        Server.Chat = async (request, context) =>
        {
            if (request.Attempt < 3)
            {
                if (inTheBody)
                {
                    context.Response.ContentLength = 500;
                    await context.Response.WriteAsync("""{"choices":[{"message":{"content":"I will he""", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }

                context.Abort();
                return;
            }

            await ChatServer.AnswerAsync(context, "whole");
        };
        Assert.Equal("whole", Assert.IsType<GenerationOutcome.Answered>(await OneAsync()).Text);
    }

    [Fact]
    public async Task ConnectAsync_NobodyThere_IsAnInfrastructureFailure()
    {
        EndpointGeneratorOptions options = Quick();
        await Server.DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => ConnectAsync(options));
        Assert.StartsWith($"{options.Address}: the server cannot be reached (ConnectionError) (3 attempts)", error.Message, StringComparison.Ordinal);
    }
}
