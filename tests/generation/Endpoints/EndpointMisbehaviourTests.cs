using CsCheck;
using Microsoft.AspNetCore.Http;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Whatever a server does, a prompt has one outcome, and an answer only where a whole one came.</summary>
public sealed class EndpointMisbehaviourTests : EndpointTest
{
    private const int Attempts = 3;

    private enum Act
    {
        Answer,
        Status500,
        Throttle,
        WebPage,
        CutAnnounced,
        CutChunked,
        Hangup,
        NoFinish,
        Filter,
        BadRequest,
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task GenerateAsync_AnySequenceOfFaults_GivesEachPromptItsOneOutcome(double temperature)
    {
        EndpointGenerator generator = await ConnectAsync(Quick() with { Attempts = Attempts, LongestWait = TimeSpan.FromMilliseconds(20) });
        int round = 0;
        await Gen.Enum<Act>().Array[Attempts].Array[12].SampleAsync(
            async script =>
            {
                // Attempts are counted by prompt, so every round asks new ones.
                string prefix = $"{Interlocked.Increment(ref round)}-";
                Act[] ActsOf(string prompt) => script[int.Parse(prompt[prefix.Length..], System.Globalization.CultureInfo.InvariantCulture)];
                Server.Chat = (request, context) => PerformAsync(ActsOf(request.Prompt)[request.Attempt - 1], request, context);
                var outcomes = await AllAsync(generator, [.. Enumerable.Range(0, script.Length).Select(index => Say($"{prefix}{index}"))], Greedy with { Temperature = temperature });
                Assert.Equal(script.Length, outcomes.Count);
                foreach ((string prompt, GenerationOutcome outcome) in outcomes)
                    AssertFits(ActsOf(prompt), prompt, outcome);
            },
            iter: 25,
            threads: 1);
    }

    private static async Task PerformAsync(Act act, ChatRequest request, HttpContext context)
    {
        switch (act)
        {
            case Act.Answer:
                await ChatServer.AnswerAsync(context, $"whole {request.Prompt}");
                break;
            case Act.Status500:
                await ChatServer.ErrorAsync(context, 500);
                break;
            case Act.Throttle:
                context.Response.Headers.RetryAfter = "0";
                await ChatServer.ErrorAsync(context, 429);
                break;
            case Act.WebPage:
                await ChatServer.JsonAsync(context, 200, "<html>busy</html>", "text/html");
                break;
            case Act.CutAnnounced:
                context.Response.ContentLength = 4000;
                await CutAsync(context);
                break;
            case Act.CutChunked:
                await CutAsync(context);
                break;
            case Act.Hangup:
                context.Abort();
                break;
            case Act.NoFinish:
                await ChatServer.JsonAsync(context, 200, """{"choices":[{"index":0,"message":{"role":"assistant","content":"half"}}]}""");
                break;
            case Act.Filter:
                await ChatServer.AnswerAsync(context, "half", "content_filter");
                break;
            default:
                await ChatServer.ErrorAsync(context, 400);
                break;
        }
    }

    private static async Task CutAsync(HttpContext context)
    {
        await context.Response.WriteAsync("""{"choices":[{"index":0,"message":{"role":"assistant","content":"half""", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static void AssertFits(Act[] acts, string prompt, GenerationOutcome outcome)
    {
        switch (acts.FirstOrDefault(act => act is Act.Answer or Act.Filter or Act.BadRequest, Act.Hangup))
        {
            case Act.Answer:
                Assert.Equal(new GenerationOutcome.Answered($"whole {prompt}", FinishReason.Eos, 5, 3), outcome);
                break;
            case Act.Filter:
                Assert.IsType<GenerationOutcome.Unanswerable>(outcome);
                break;
            case Act.BadRequest:
                Assert.False(Assert.IsType<GenerationOutcome.Failed>(outcome).Retryable);
                break;
            default:
                Assert.EndsWith($"({Attempts} attempts)", Assert.IsType<GenerationOutcome.Failed>(outcome).Error, StringComparison.Ordinal);
                Assert.True(((GenerationOutcome.Failed)outcome).Retryable);
                break;
        }
    }
}
