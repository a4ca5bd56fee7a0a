using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>What evaluations cost, and what keeps them from costing more.</summary>
public sealed class RailApiCreditTests : RailApiTest
{
    [Theory]
    [InlineData(ScoringMode.Basic, new[] { 0.2, 0.6, 0.9, 1, 1, 1, 1, 1 })]
    [InlineData(ScoringMode.Deep, new[] { 1.0, 3, 3, 3, 3, 3, 3, 3 })]
    [InlineData(ScoringMode.Auto, new[] { 1.0, 3, 3, 3, 3, 3, 3, 3 })]
    public void Cost_EveryNumberOfDimensions_IsThePriceLists(ScoringMode mode, double[] expected) =>
        Assert.Equal(expected, Enumerable.Range(1, 8).Select(count => RailApiCredits.Cost(mode, count)));

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Cost_NoSuchNumberOfDimensions_IsRefused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RailApiCredits.Cost(ScoringMode.Basic, count));

    [Theory]
    [InlineData(ScoringMode.Basic, 9, 1)]
    [InlineData(ScoringMode.Deep, 9, 3)]
    [InlineData(ScoringMode.Auto, 9, 1)]
    [InlineData(ScoringMode.Auto, 3, 3)]
    public async Task ScoreAsync_EveryMode_ReservesTheMostAndSettlesWhatIsTold(ScoringMode mode, double score, double spent)
    {
        Server.Score = (_, _) => new RailApiScore(score, 0.9);
        // The real service charges an escalation as deep.
        if (mode == ScoringMode.Auto)
            Says(200, $$$"""{"dimension_scores":{{{AllAt(score)}}},"resolved_mode":"{{{(score < 6 ? "deep" : "basic")}}}"}""");
        RailApiScorer scorer = Scorer();
        await scorer.ScoreAsync(Request(Answer, mode), Stop);

        Assert.Equal(RailApiCredits.Cost(mode, 8), Assert.Single(Quota.Asks).Ask.CreditsPerCall);
        Assert.Equal((spent, 0.0), (scorer.Usage.CreditsSpent, scorer.Usage.CreditsReserved));
    }

    [Fact]
    public async Task ScoreAsync_CacheOfTheService_CostsNothing()
    {
        RailApiScorer scorer = Scorer();
        ScoredResponse first = await scorer.ScoreAsync(Request(), Stop);
        ScoredResponse second = await scorer.ScoreAsync(Request(), Stop);
        Assert.Equal(first.Scores.Values.Select(outcome => outcome.ToString()), second.Scores.Values.Select(outcome => outcome.ToString()));
        Assert.Equal((1.0, 1L, 1.0), (scorer.Usage.CreditsSpent, scorer.Usage.CacheHits, Server.Charged));
    }

    [Fact]
    public async Task ScoreAsync_CapOnCredits_StopsBeforeItIsExceededAndKeepsWhatIsScored()
    {
        RailApiScorer scorer = Scorer(Quick() with { Limits = new QuotaLimits(null, null, Credits: 3.5, InFlight: 4) });
        var outcomes = new List<ScoredResponse>();
        for (var answer = 0; answer < 10; answer++)
            outcomes.Add(await scorer.ScoreAsync(Request($"{Answer} {answer}"), Stop));

        Assert.Equal([.. Enumerable.Repeat(false, 3), .. Enumerable.Repeat(true, 7)], outcomes.Select(outcome => outcome.HasFailures));
        Assert.All(outcomes.Skip(3).SelectMany(outcome => outcome.Scores.Values), outcome => Assert.Equal(
            new ScoreOutcome.Failed("rail-api: the cap of 3.5 credits is reached; raise it to go on", Retryable: false), outcome));
        Assert.Equal("rail-api: the cap of 3.5 credits is reached; raise it to go on", scorer.Stopped);
        Assert.Equal((3.0, 3, 3.0), (Server.Charged, Server.Requests.Count, scorer.Usage.CreditsSpent));
    }

    [Fact]
    public async Task ScoreAsync_ManyAtOnceUnderACap_NeverExceedIt()
    {
        RailApiScorer scorer = Scorer(Quick() with { Limits = new QuotaLimits(null, null, Credits: 20, InFlight: 8) });
        ScoredResponse[] outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(answer => scorer.ScoreAsync(Request($"{Answer} {answer}"), Stop)));
        Assert.Equal((20.0, 20), (Server.Charged, outcomes.Count(outcome => !outcome.HasFailures)));
        Assert.InRange(Server.Peak, 1, 8);
        Assert.Equal((20L, 20L, 0.0), (scorer.Usage.Scored, scorer.Usage.Failed, scorer.Usage.CreditsReserved));
    }

    [Fact]
    public async Task ScoreAsync_AccountRunsOut_StopsOnceAndSaysWhatIsMissing()
    {
        Server.Balance = 2.5;
        RailApiScorer scorer = Scorer(Quick() with { Limits = new QuotaLimits(null, null, null, InFlight: 1) });
        ScoredResponse[] outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(answer => scorer.ScoreAsync(Request($"{Answer} {answer}"), Stop)));
        Assert.Equal(2, outcomes.Count(outcome => !outcome.HasFailures));
        Assert.Equal(3, Server.Requests.Count);
        Assert.Equal("rail-api: the account of RAIL_API_KEY is out of credits (402, balance 0.5, required 1); add credits, and score what is left", scorer.Stopped);
        Assert.Equal(2.0, scorer.Usage.CreditsSpent);
    }

    [Fact]
    public async Task ScoreAsync_RateOfTheServer_IsWaitedForUntilAllAreScored()
    {
        (Server.PerWindow, Server.Window) = (5, TimeSpan.FromMilliseconds(200));
        RailApiScorer scorer = Scorer(Quick() with { Attempts = 50 });
        ScoredResponse[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(answer => scorer.ScoreAsync(Request($"{Answer} {answer}"), Stop)));
        Assert.All(outcomes, outcome => Assert.False(outcome.HasFailures));
        Assert.Equal((Server.Refused, 20.0), (scorer.Usage.Throttled, scorer.Usage.CreditsSpent));
        Assert.True(Server.Refused > 0);
    }

    [Fact]
    public async Task ScoreAsync_Account_IsNamedByAHashOfTheKey()
    {
        await ScoreAsync();
        (string account, QuotaAsk ask) = Assert.Single(Quota.Asks);
        Assert.Matches("^rail-api-[0-9a-f]{12}$", account);
        Assert.Equal(Quick().Account, account);
        Assert.Equal(Quick().Limits, ask.Limits);
    }

    [Fact]
    public async Task ScoreAsync_SlowAnswer_IsHedgedOnlyWhereAskedFor()
    {
        var late = new TaskCompletionSource();
        Server.Misbehave = async (request, context) =>
        {
            if (request.Attempt == 1)
                await late.Task.WaitAsync(context.RequestAborted);
            return false;
        };
        RailApiScorer scorer = Scorer(Quick() with { HedgeAfter = TimeSpan.FromMilliseconds(50) });
        Assert.False((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
        // The loser may have been evaluated as well: it counts.
        Assert.Equal((2L, 1L, 2.0, 0.0), (scorer.Usage.Calls, scorer.Usage.Hedges, scorer.Usage.CreditsSpent, scorer.Usage.CreditsReserved));

        RailApiScorer patient = Scorer();
        Task<ScoredResponse> scoring = patient.ScoreAsync(Request($"{Answer} again"), Stop);
        await Task.Delay(200, Stop);
        Assert.Equal(1, patient.Usage.Calls);
        late.SetResult();
        Assert.False((await scoring).HasFailures);
        Assert.Equal(0, patient.Usage.Hedges);
    }

    [Fact]
    public void Constructor_OptionsThatMeanNothing_AreRefused()
    {
        RailApiOptions[] wrong =
        [
            Quick() with { Limits = new QuotaLimits(0, null, null, 1) },
            Quick() with { Limits = new QuotaLimits(null, null, double.NaN, 1) },
            Quick() with { Limits = new QuotaLimits(null, null, -1, 1) },
            Quick() with { Limits = new QuotaLimits(null, null, null, 0) },
            Quick() with { Attempts = 0 },
            Quick() with { AttemptDeadline = TimeSpan.Zero },
            Quick() with { HedgeAfter = TimeSpan.FromDays(2) },
            Quick() with { StopFor = TimeSpan.FromDays(2) },
            Quick() with { LongAnswers = (LongAnswers)7 },
        ];
        Assert.All(wrong, options => Assert.StartsWith("scorer 'rail-api': ", Assert.Throws<RailInputException>(() => Scorer(options)).Message, StringComparison.Ordinal));
    }

    private static string AllAt(double score) =>
        "{" + string.Join(',', Dimensions.All.Select(dimension => FormattableString.Invariant($"\"{dimension.Key()}\":{{\"score\":{score},\"confidence\":0.9}}"))) + "}";
}
