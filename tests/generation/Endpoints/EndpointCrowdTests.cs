using System.Collections.Concurrent;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>How many requests are under way, in which order, and which are sent twice.</summary>
public sealed class EndpointCrowdTests : EndpointTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task GenerateAsync_ManyPrompts_NeverExceedsTheLimitAndUsesIt(int slots)
    {
        // Nobody is answered before the limit is reached; afterwards there is time to exceed it.
        var full = new TaskCompletionSource();
        Server.Chat = async (request, context) =>
        {
            if (Server.Peak >= slots)
                full.TrySetResult();
            await full.Task.WaitAsync(context.RequestAborted);
            await Task.Delay(5, context.RequestAborted);
            await ChatServer.AnswerAsync(context, request.Prompt);
        };
        EndpointGenerator generator = await ConnectAsync(Quick() with { Slots = slots });
        var outcomes = await AllAsync(generator, Many(30), Greedy);
        Assert.Equal(slots, Server.Peak);
        Assert.All(outcomes, pair => Assert.Equal(pair.Key, Assert.IsType<GenerationOutcome.Answered>(pair.Value).Text));
        Assert.Equal(Many(30).Select(request => request.Id), outcomes.Keys.Order());
    }

    [Fact]
    public async Task GenerateAsync_OneSlot_KeepsTheOrder()
    {
        EndpointGenerator generator = await ConnectAsync(Quick() with { Slots = 1 });
        await AllAsync(generator, Many(10), Greedy);
        Assert.Equal(Many(10).Select(request => request.Id), Server.Requests.Select(request => request.Prompt));
    }

    [Fact]
    public async Task GenerateAsync_ServerWithAnotherLimit_FindsIt()
    {
        int inFlight = 0;
        Server.Chat = async (request, context) =>
        {
            try
            {
                if (Interlocked.Increment(ref inFlight) > 2)
                {
                    await ChatServer.ErrorAsync(context, 429);
                    return;
                }

                await Task.Delay(10, context.RequestAborted);
                await ChatServer.AnswerAsync(context, request.Prompt);
            }
            finally
            {
                Interlocked.Decrement(ref inFlight);
            }
        };
        EndpointGenerator generator = await ConnectAsync(Quick() with { Slots = 16, Attempts = 50, FirstWait = TimeSpan.FromMilliseconds(5), LongestWait = TimeSpan.FromMilliseconds(50) });
        var outcomes = await AllAsync(generator, Many(60), Drawn);
        Assert.All(outcomes.Values, outcome => Assert.IsType<GenerationOutcome.Answered>(outcome));
        Assert.True(generator.Stats.Throttled > 0);
        Assert.InRange(generator.Stats.SlotsNow, 1, 15);
    }

    [Fact]
    public async Task GenerateAsync_SlowTailAtTemperatureZero_IsHedgedExactlyOnce()
    {
        SlowFirst("p005");
        EndpointGenerator generator = await ConnectAsync(Hedging());
        var outcomes = await AllAsync(generator, Many(10), Greedy);
        Assert.Equal("answer 2", Assert.IsType<GenerationOutcome.Answered>(outcomes["p005"]).Text);
        Assert.Equal(2, Server.Requests.Count(request => request.Prompt == "p005"));
        Assert.Equal(11, Server.Requests.Count);
        Assert.Equal((1L, 1L, 0L), (generator.Stats.Hedges, generator.Stats.HedgesWon, generator.Stats.Retries));
    }

    [Fact]
    public async Task GenerateAsync_SlowTailOfAServerSeenToVary_IsNotRaced()
    {
        Server.Chat = async (request, context) =>
        {
            if (request.Prompt == "p005")
                await Task.Delay(400, context.RequestAborted);
            await ChatServer.AnswerAsync(context, $"answer {request.Attempt}");
        };
        EndpointGenerator generator = await ConnectAsync(Hedging() with { LeastHedgeAge = TimeSpan.FromMilliseconds(50) });
        await generator.ProveAsync(Greedy, Stop);
        Assert.Equal("answer 1", Assert.IsType<GenerationOutcome.Answered>((await AllAsync(generator, Many(10), Greedy))["p005"]).Text);
        Assert.Equal(0, generator.Stats.Hedges);
    }

    [Fact]
    public async Task GenerateAsync_HedgeThatIsSlowToo_IsNotHedgedAgain()
    {
        using var release = new SemaphoreSlim(0);
        Server.Chat = async (request, context) =>
        {
            if (request.Prompt == "p001")
            {
                if (request.Attempt == 2)
                    release.Release();
                else
                    await release.WaitAsync(context.RequestAborted);
                await Task.Delay(request.Attempt == 2 ? Timeout.Infinite : 400, context.RequestAborted);
            }

            await ChatServer.AnswerAsync(context, $"answer {request.Attempt}");
        };
        EndpointGenerator generator = await ConnectAsync(Hedging());
        var outcomes = await AllAsync(generator, Many(6), Greedy);
        Assert.Equal("answer 1", Assert.IsType<GenerationOutcome.Answered>(outcomes["p001"]).Text);
        Assert.Equal((1L, 0L), (generator.Stats.Hedges, generator.Stats.HedgesWon));
        Assert.Equal(7, Server.Requests.Count);
    }

    [Fact]
    public async Task GenerateAsync_HedgeWithoutAPlace_IsNotCounted()
    {
        Server.Chat = async (request, context) =>
        {
            await Task.Delay(request.Prompt == "p004" ? 400 : 0, context.RequestAborted);
            await ChatServer.AnswerAsync(context, "x");
        };
        EndpointGenerator generator = await ConnectAsync(Hedging() with { Slots = 1, LeastHedgeAge = TimeSpan.FromMilliseconds(50) });
        await AllAsync(generator, Many(5), Greedy);
        Assert.Equal((5L, 0L), (generator.Stats.Requests, generator.Stats.Hedges));
        Assert.Equal(5, Server.Requests.Count);
    }

    [Fact]
    public async Task GenerateAsync_HedgeThatFails_LeavesTheFirstToAnswer()
    {
        using var failed = new SemaphoreSlim(0);
        Server.Chat = async (request, context) =>
        {
            if (request.Prompt == "p001" && request.Attempt == 2)
            {
                await ChatServer.ErrorAsync(context, 400);
                failed.Release();
                return;
            }

            if (request.Prompt == "p001")
                await failed.WaitAsync(context.RequestAborted);
            await ChatServer.AnswerAsync(context, "the first");
        };
        EndpointGenerator generator = await ConnectAsync(Hedging());
        Assert.Equal("the first", Assert.IsType<GenerationOutcome.Answered>((await AllAsync(generator, Many(6), Greedy))["p001"]).Text);
    }

    [Theory]
    [InlineData(1, 1.5)]
    [InlineData(0, 0)]
    public async Task GenerateAsync_SlowTailElsewhere_IsAskedAgainAfterTheDeadlineAndNeverRaced(double temperature, double multiple)
    {
        var together = new ConcurrentBag<int>();
        int slow = 0;
        Server.Chat = async (request, context) =>
        {
            if (request.Prompt == "p005")
            {
                together.Add(Interlocked.Increment(ref slow));
                try
                {
                    if (request.Attempt == 1)
                        await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }
                finally
                {
                    Interlocked.Decrement(ref slow);
                }
            }

            await ChatServer.AnswerAsync(context, $"answer {request.Attempt}");
        };
        // The deadline is twenty times the age at which a hedge would be sent.
        EndpointGenerator generator = await ConnectAsync(Hedging() with
        {
            HedgeMultiple = multiple,
            LeastHedgeAge = TimeSpan.FromMilliseconds(100),
            AttemptDeadline = TimeSpan.FromSeconds(2),
            FirstWait = TimeSpan.FromMilliseconds(300),
        });
        var outcomes = await AllAsync(generator, Many(10), Greedy with { Temperature = temperature });
        Assert.Equal("answer 2", Assert.IsType<GenerationOutcome.Answered>(outcomes["p005"]).Text);
        Assert.Equal((0L, 1L), (generator.Stats.Hedges, generator.Stats.Retries));
        Assert.Equal([1, 1], together);
    }

    // An age that no request over the loopback reaches by itself, however busy the machine is.
    private EndpointGeneratorOptions Hedging() => Quick() with { Slots = 4, HedgeMultiple = 1.5, LeastHedgeAge = TimeSpan.FromMilliseconds(800) };

    private void SlowFirst(string prompt) => Server.Chat = async (request, context) =>
    {
        if (request.Prompt == prompt && request.Attempt == 1)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        await ChatServer.AnswerAsync(context, $"answer {request.Attempt}");
    };
}
