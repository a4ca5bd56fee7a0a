using System.Diagnostics;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Servers that are late, and callers that give up.</summary>
public sealed class EndpointDeadlineTests : EndpointTest
{
    [Fact]
    public async Task GenerateAsync_ServerThatHangs_IsGivenUpAndAskedAgain()
    {
        Server.Chat = async (request, context) =>
        {
            if (request.Attempt == 1)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await ChatServer.AnswerAsync(context, "awake");
        };
        Assert.Equal("awake", Assert.IsType<GenerationOutcome.Answered>(await OneAsync(Drawn, Quick() with { AttemptDeadline = TimeSpan.FromSeconds(1) })).Text);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task GenerateAsync_ServerThatAlwaysHangs_IsAnUnknownOutcomeAndNoAnswer()
    {
        Server.Chat = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        var failed = Assert.IsType<GenerationOutcome.Failed>(await OneAsync(options: Quick() with { AttemptDeadline = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(("no answer within 0.1 s; whether there was one is not known (3 attempts)", true), (failed.Error, failed.Retryable));
    }

    [Fact]
    public async Task GenerateAsync_Deadline_EndsAttempts()
    {
        Server.Chat = (_, context) => ChatServer.ErrorAsync(context, 503, "later");
        var watch = Stopwatch.StartNew();
        var failed = Assert.IsType<GenerationOutcome.Failed>(await OneAsync(
            options: Quick() with { Deadline = TimeSpan.FromMilliseconds(300), FirstWait = TimeSpan.FromSeconds(30), Attempts = 100 }));
        Assert.Equal("no answer within 0.3 s and 1 attempt, at last: the server answered 503: \"later\"", failed.Error);
        Assert.True(failed.Retryable);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task GenerateAsync_DeadlineWithinARequest_EndsIt(double temperature)
    {
        Server.Chat = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        GenerationOutcome outcome = await OneAsync(Greedy with { Temperature = temperature }, Quick() with { Deadline = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(new GenerationOutcome.Failed("no answer within 0.3 s and 1 attempt", Retryable: true), outcome);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_StopsPromptlyAndLeavesTheGeneratorUsable()
    {
        var arrived = new TaskCompletionSource();
        Server.Chat = async (_, context) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        EndpointGenerator generator = await ConnectAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task work = Task.Run(
            async () =>
            {
                await foreach (GeneratedText answer in generator.GenerateAsync(Many(30), Greedy, stop.Token))
                    Assert.Fail($"{answer.Id} was answered");
            },
            Stop);
        await arrived.Task.WaitAsync(Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(() => AllAsync(generator, Many(1), Greedy));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(TimeSpan.FromSeconds(10), Stop));

        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "x");
        Assert.Single(await AllAsync(generator, Many(1), Greedy));
    }

    [Fact]
    public async Task DisposeAsync_UnderWay_StopsIt()
    {
        var arrived = new TaskCompletionSource();
        Server.Chat = async (_, context) =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        EndpointGenerator generator = await ConnectAsync();
        Task<Dictionary<string, GenerationOutcome>> work = AllAsync(generator, Many(3), Greedy);
        await arrived.Task.WaitAsync(Stop);
        await generator.DisposeAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AllAsync(generator, Many(1), Greedy));
    }
}
