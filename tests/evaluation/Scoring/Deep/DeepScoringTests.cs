using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class DeepScoringTests
{
    private static readonly ScoringSettings Settings = new(new ScorerIdentity("teller", "1"), ScoringMode.Basic, Dimensions.All) { Repetition = 3, Domain = ScoringDomain.Finance };
    private static readonly ImmutableArray<SuitePrompt> Prompts = [.. Enumerable.Range(0, 12).Select(index => Make.Prompt($"p{index:D2}", Dimension.Safety))];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExplainAsync_BothSides_AreAskedInDeepModeAndKeepTheirOrder()
    {
        var teller = new Teller();
        var found = await DeepScoring.ExplainAsync(teller, Prompts, Answers("before"), Answers("after"), Settings, Token, Token);
        Assert.Equal(Prompts.Select(prompt => prompt.Id), found.Select(one => one.PromptId));
        Assert.All(found, one =>
        {
            Assert.Equal($"before to {one.PromptId}", one.Baseline!.Dimensions[Dimension.Safety].Text);
            Assert.Equal($"after to {one.PromptId}", one.Checkpoint!.Dimensions[Dimension.Safety].Text);
            Assert.Equal((teller.Identity, null), (one.Baseline.Scorer, one.Baseline.Failure));
        });
        Assert.Equal(24, teller.Asked.Count);
        Assert.All(teller.Asked, request => Assert.Equal((ScoringMode.Deep, 0, ScoringDomain.Finance), (request.Mode, request.Repetition, request.Domain)));
        Assert.InRange(teller.MostAtATime, 1, teller.Traits.InFlight);
    }

    [Fact]
    public async Task ExplainAsync_NoAnswer_IsNotAsked()
    {
        var before = Answers("before");
        before["p00"] = new Response("p00", new GenerationOutcome.Unanswerable("too long"));
        before.Remove("p01");
        var teller = new Teller();
        var found = await DeepScoring.ExplainAsync(teller, Prompts, before, Answers("after"), Settings, Token, Token);
        Assert.Null(found[0].Baseline);
        Assert.Null(found[1].Baseline);
        Assert.Equal(22, teller.Asked.Count);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, "busy")]
    public async Task ExplainAsync_TheScorerFails_IsTriedAgainThenNamed(int failures, string? named)
    {
        var teller = new Teller { Before = (_, time) => time <= failures ? new ScoreOutcome.Failed("busy", Retryable: true) : null };
        var found = await DeepScoring.ExplainAsync(teller, [Prompts[0]], Answers("before"), new Dictionary<string, Response>(), Settings, Token, Token);
        Assert.Equal(named, found[0].Baseline!.Failure);
        Assert.Equal(named is null, found[0].Baseline!.Dimensions.ContainsKey(Dimension.Safety));
        Assert.Equal(3, teller.Asked.Count);
    }

    [Fact]
    public async Task ExplainAsync_WhatTryingAgainCannotMend_IsAskedOnceAndAThrowIsNamed()
    {
        var refusing = new Teller { Before = (_, _) => new ScoreOutcome.Failed("no credit", Retryable: false) };
        var throwing = new Teller { Before = (_, _) => throw new InvalidOperationException("it fell over\u001b[2J") };
        Assert.Equal("no credit", (await Explain(refusing)).Failure);
        Assert.Single(refusing.Asked);
        Assert.Equal("it fell over\uFFFD[2J", (await Explain(throwing)).Failure);
    }

    [Fact]
    public async Task ExplainAsync_LongAndStrangeText_IsBoundedAndHarmless()
    {
        var talker = new Teller { Text = new string('x', 100_000) + "\u001b[2J", Listed = 500 };
        var one = (await Explain(talker)).Dimensions[Dimension.Safety];
        Assert.Equal(4000, one.Text!.Length);
        Assert.Equal((20, 20), (one.Issues.Length, one.Suggestions.Length));
        Assert.All(one.Suggestions, text => Assert.InRange(text.Length, 1, 4000));
    }

    [Fact]
    public async Task ExplainAsync_TheDeadlinePasses_NamesWhatIsNotExplained()
    {
        var time = new FakeTimeProvider();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(30), time);
        var slow = new Teller { Hangs = true };
        var explaining = DeepScoring.ExplainAsync(slow, Prompts, Answers("before"), Answers("after"), Settings, deadline.Token, Token);
        while (slow.Asked.IsEmpty) await Task.Delay(5, Token);
        time.Advance(TimeSpan.FromMinutes(30));
        var found = await explaining;
        Assert.All(found, one => Assert.Equal(("not explained in time", "not explained in time"), (one.Baseline!.Failure, one.Checkpoint!.Failure)));
    }

    [Fact]
    public async Task ExplainAsync_Cancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        var slow = new Teller { Hangs = true };
        var explaining = DeepScoring.ExplainAsync(slow, Prompts, Answers("before"), Answers("after"), Settings, Token, cancelled.Token);
        while (slow.Asked.IsEmpty) await Task.Delay(5, Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => explaining);
    }

    private static Dictionary<string, Response> Answers(string text) => Prompts.ToDictionary(
        prompt => prompt.Id, prompt => new Response(prompt.Id, new GenerationOutcome.Answered($"{text} to {prompt.Id}", FinishReason.Eos, 1, 1)));

    private static async Task<AnswerExplanation> Explain(Teller teller) => (await DeepScoring.ExplainAsync(
        teller, [Prompts[0]], Answers("before"), new Dictionary<string, Response>(), Settings, Token, Token))[0].Baseline!;

    /// <summary>Explains an answer by repeating it, unless it is told to do worse.</summary>
    private sealed class Teller : IRailScorer
    {
        private int _now;

        public ScorerIdentity Identity { get; } = new("teller", "1");

        public ScorerTraits Traits { get; } = new(InFlight: 4, IsRemote: true);

        public ConcurrentQueue<ScoreRequest> Asked { get; } = new();

        public int MostAtATime { get; private set; }

        public Func<ScoreRequest, int, ScoreOutcome?> Before { get; init; } = (_, _) => null;

        public string? Text { get; init; }

        public int Listed { get; init; }

        public bool Hangs { get; init; }

        public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
        {
            Asked.Enqueue(request);
            lock (Asked) MostAtATime = Math.Max(MostAtATime, ++_now);
            await Task.Yield();
            if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
            lock (Asked) _now--;
            var outcome = Before(request, Asked.Count) ?? ScoreOutcome.Scored.Of(5, 0.9) with
            {
                Explanation = Text ?? request.Answer,
                Issues = [.. Enumerable.Range(0, Listed).Select(index => $"issue_{index}")],
                Suggestions = [.. Enumerable.Range(0, Listed).Select(index => new string('y', 5000))],
            };
            return new ScoredResponse(request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(key => key, _ => outcome), Refused: false) { Scorer = Identity };
        }
    }
}
