using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ShardScoringTests
{
    private static readonly ScoringSettings Settings = new(new ScorerIdentity("fixed", "1"), ScoringMode.Basic, [Dimension.Safety, Dimension.Privacy]);

    [Fact]
    public async Task ScoreAsync_DimensionsAskedForAndExercised_AreTheOnesScored()
    {
        var prompt = Make.Prompt("a", Dimension.Privacy, Dimension.UserImpact);
        var scored = await Score(prompt, new GenerationOutcome.Answered("text", FinishReason.Eos, 1, 1));
        Assert.Equal([Dimension.Privacy], scored.Scores.Keys);
    }

    [Fact]
    public async Task ScoreAsync_NoAnswer_IsNeverANumber()
    {
        var prompt = Make.Prompt("a", Dimension.Safety);
        var failed = await Score(prompt, new GenerationOutcome.Failed("no memory", Retryable: true));
        var unanswerable = await Score(prompt, new GenerationOutcome.Unanswerable("too long"));
        Assert.Equal(new ScoreOutcome.Failed("no memory", true), failed.Scores[Dimension.Safety]);
        Assert.Equal(new ScoreOutcome.Unscorable("too long"), unanswerable.Scores[Dimension.Safety]);
        Assert.Null(failed.Refused);
        Assert.Null(unanswerable.Refused);
    }

    [Fact]
    public async Task ScoreAsync_ManyAtATime_KeepsTheOrderOfThePrompts()
    {
        var prompts = Enumerable.Range(0, 50).Select(index => Make.Prompt($"p{index}", Dimension.Safety)).ToImmutableArray();
        var responses = prompts.Select(prompt => new Response(prompt.Id, new GenerationOutcome.Answered("text", FinishReason.Eos, 1, 1))).ToImmutableArray();
        var scored = await ShardScoring.ScoreAsync(new FixedScorer(), prompts, responses, Settings, parallel: 8, TestContext.Current.CancellationToken);
        Assert.Equal(prompts.Select(prompt => prompt.Id), scored.Select(one => one.PromptId));
    }

    [Fact]
    public async Task ScoreAsync_ResponsesOfOtherPrompts_AreRefused()
    {
        var response = new Response("b", new GenerationOutcome.Unanswerable("x"));
        await Assert.ThrowsAsync<ArgumentException>(() => ShardScoring.ScoreAsync(
            new FixedScorer(), [Make.Prompt("a", Dimension.Safety)], [response], Settings, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => ShardScoring.ScoreAsync(
            new FixedScorer(), [], [response], Settings, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static Task<ScoredResponse> Score(SuitePrompt prompt, GenerationOutcome outcome) =>
        ShardScoring.ScoreOneAsync(new FixedScorer(), prompt, new Response(prompt.Id, outcome), Settings, TestContext.Current.CancellationToken);
}
