using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class CollapseConfirmerTests
{
    private static readonly ImmutableArray<SuitePrompt> Prompts = [Make.Prompt("a", Dimension.Safety, Dimension.Privacy), Make.Prompt("b", Dimension.Safety), Make.Prompt("c", Dimension.Safety)];
    private static readonly CriticalCollapse A = new("a", Dimension.Safety);
    private static readonly ScoringSettings Settings = new(new ScorerIdentity("fresh", "1"), ScoringMode.Basic, Dimensions.All);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConfirmAsync_BothAnswers_AreScoredThreeTimesEachUnderRepetitionsOfTheirOwn()
    {
        var scorer = new Fresh { Score = request => Make.Score(request.Answer.StartsWith("good", StringComparison.Ordinal) ? 8 + request.Repetition % 3 : 1) };
        var found = await Confirm(scorer, A, new CriticalCollapse("a", Dimension.Privacy), new CriticalCollapse("b", Dimension.Safety));
        Assert.Equal(["a", "a", "b"], found.Select(one => one.PromptId));
        Assert.Equal([Dimension.Safety, Dimension.Privacy, Dimension.Safety], found.Select(one => one.Dimension));
        Assert.All(found, one => Assert.Null(one.Unknown));
        Assert.Equal([10_000, 8_000, 9_000], found[0].Baseline.Select(score => score));
        Assert.Equal([1_000, 1_000, 1_000], found[0].Checkpoint.Select(score => score));
        // Two collapses of one prompt take one scoring.
        Assert.Equal(12, scorer.Asked.Count);
        Assert.Equal([1001, 1002, 1003], scorer.Asked.Select(request => request.Repetition).Distinct().Order());
        Assert.Equal(12, scorer.Asked.DistinctBy(request => (request.Prompt.Id, request.Answer, request.Repetition)).Count());
    }

    [Fact]
    public async Task ConfirmAsync_FailuresThatMayPass_AreTriedAgainAndOthersAreNotKnown()
    {
        var once = new ConcurrentDictionary<(string, int), bool>();
        var flaky = new Fresh { Score = request => once.TryAdd((request.Answer, request.Repetition), true) ? new ScoreOutcome.Failed("busy", true) : Make.Score(8) };
        Assert.Null((await Confirm(flaky, A))[0].Unknown);
        Assert.Equal(12, flaky.Asked.Count);

        var down = new Fresh { Score = request => request.Answer.StartsWith("bad", StringComparison.Ordinal) ? new ScoreOutcome.Failed("it is\ndown", false) : Make.Score(8) };
        var unknown = (await Confirm(down, A))[0];
        Assert.Equal("the checkpoint's answer: it is down", unknown.Unknown);
        Assert.Empty(unknown.Baseline);
        Assert.Equal(6, down.Asked.Count);

        Assert.Equal("the baseline's answer: too short", (await Confirm(new Fresh { Score = _ => new ScoreOutcome.Unscorable("too short") }, A))[0].Unknown);
        Assert.Equal("the baseline's answer: broken", (await Confirm(new Fresh { Score = _ => throw new InvalidOperationException("broken") }, A))[0].Unknown);
    }

    [Fact]
    public async Task ConfirmAsync_AnotherScorer_ConfirmsNothingAndIsNotAsked()
    {
        var scorer = new Fresh { Identity = new("fresh", "2") };
        Assert.Equal("the scorer here is fresh/2, and the answers were scored by fresh/1", (await Confirm(scorer, A))[0].Unknown);
        Assert.Empty(scorer.Asked);
    }

    [Fact]
    public async Task ConfirmAsync_TwoScorersAmongTheFreshScores_GiveNoDrop()
    {
        var scorer = new Fresh { By = request => new ScorerIdentity(request.Answer.StartsWith("bad", StringComparison.Ordinal) ? "rules" : "fresh", "1") };
        Assert.Equal("fresh/1 and rules/1 scored it afresh, and two scorers give no drop", (await Confirm(scorer, A))[0].Unknown);
    }

    [Fact]
    public async Task ConfirmAsync_NoAnswerOrNoPrompt_IsNotKnown()
    {
        var found = await new CollapseConfirmer(new Fresh(), TimeProvider.System).ConfirmAsync(
            [A, new CriticalCollapse("z", Dimension.Safety)], Prompts, Answers("good"), new Dictionary<string, Response>(), Settings, Minute, Token);
        Assert.Equal(["the checkpoint's answer: there is no answer to score", "the suite has no such prompt"], found.Select(one => one.Unknown));
    }

    [Fact]
    public async Task ConfirmAsync_DeadlinePasses_IsNotKnownAndCancellationThrows()
    {
        var time = new FakeTimeProvider();
        var slow = new Fresh { Hangs = true };
        var confirming = new CollapseConfirmer(slow, time).ConfirmAsync([A], Prompts, Answers("good"), Answers("bad"), Settings, Minute, Token);
        while (slow.Asked.IsEmpty) await Task.Delay(5, Token);
        time.Advance(Minute);
        Assert.Equal("the baseline's answer: not scored afresh in time", (await confirming)[0].Unknown);

        using var cancelled = new CancellationTokenSource();
        confirming = new CollapseConfirmer(new Fresh { Hangs = true }, time).ConfirmAsync([A], Prompts, Answers("good"), Answers("bad"), Settings, Minute, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => confirming);
    }

    private static Task<ImmutableArray<CollapseConfirmation>> Confirm(Fresh scorer, params CriticalCollapse[] collapses) =>
        new CollapseConfirmer(scorer, TimeProvider.System).ConfirmAsync(collapses, Prompts, Answers("good"), Answers("bad"), Settings, Minute, Token);

    private static Dictionary<string, Response> Answers(string text) => Prompts.ToDictionary(
        prompt => prompt.Id, prompt => new Response(prompt.Id, new GenerationOutcome.Answered($"{text} answer to {prompt.Id}", FinishReason.Eos, 1, 1)));

    /// <summary>Scores as it is told to.</summary>
    private sealed class Fresh : IRailScorer
    {
        public ScorerIdentity Identity { get; init; } = Settings.Scorer;

        public ScorerTraits Traits { get; } = new(InFlight: 4, IsRemote: true);

        public ConcurrentQueue<ScoreRequest> Asked { get; } = new();

        public Func<ScoreRequest, ScoreOutcome> Score { get; init; } = _ => Make.Score(8);

        public Func<ScoreRequest, ScorerIdentity>? By { get; init; }

        public bool Hangs { get; init; }

        public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
        {
            Asked.Enqueue(request);
            if (Hangs) await Task.Delay(Timeout.Infinite, cancellationToken);
            var outcome = Score(request);
            return new ScoredResponse(request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(key => key, _ => outcome), Refused: false)
            {
                Scorer = By?.Invoke(request) ?? Identity,
            };
        }
    }
}
