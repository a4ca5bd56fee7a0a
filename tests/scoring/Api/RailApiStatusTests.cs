using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

/// <summary>Every status of the table, in both shapes of errors.</summary>
public sealed class RailApiStatusTests : RailApiTest
{
    [Theory]
    [InlineData(400, "refused the request (400): \"bad weights\"", false)]
    [InlineData(418, "refused the request (418)", false)]
    [InlineData(410, "refused the request (410)", false)]
    [InlineData(422, "cannot process the answer (422 SOMETHING)", false)]
    public async Task ScoreAsync_FaultOfTheRequest_FailsWithoutARetry(int status, string expected, bool stops)
    {
        foreach (bool nested in (bool[])[true, false])
        {
            Server.NestedErrors = nested;
            Server.Misbehave = (_, context) => Server.ErrorAsync(context, status, "bad weights", "SOMETHING");
            RailApiScorer scorer = Scorer();
            ScoredResponse scored = await scorer.ScoreAsync(Request(), Stop);
            Assert.All(scored.Scores.Values, outcome => Assert.Contains(expected, Assert.IsType<ScoreOutcome.Failed>(outcome).Error, StringComparison.Ordinal));
            Assert.All(scored.Scores.Values, outcome => Assert.False(((ScoreOutcome.Failed)outcome).Retryable));
            Assert.Equal((1L, stops, 0.0), (scorer.Usage.Calls, scorer.Stopped is not null, scorer.Usage.CreditsReserved));
        }
    }

    [Theory]
    [InlineData(401, "refused the key from RAIL_API_KEY (401)")]
    [InlineData(403, "may be revoked, or its plan too small")]
    [InlineData(402, "out of credits (402, balance 0.5, required 1)")]
    [InlineData(501, "has not implemented what is asked for (501)")]
    [InlineData(404, "evaluates nothing at that address (404)")]
    [InlineData(307, "redirects are not followed")]
    public async Task ScoreAsync_RefusalThatConcernsAll_StopsAndAsksNobodyAgain(int status, string expected)
    {
        foreach (bool nested in (bool[])[true, false])
        {
            Server.Requests.Clear();
            Server.NestedErrors = nested;
            Server.Misbehave = (_, context) =>
            {
                context.Response.Headers.Location = "http://127.0.0.1:9/elsewhere";
                return Server.ErrorAsync(context, status, "no", "NO", ("balance", 0.5), ("required", 1.0));
            };
            RailApiScorer scorer = Scorer();
            for (var answer = 0; answer < 5; answer++)
            {
                ScoredResponse scored = await scorer.ScoreAsync(Request($"{Answer} {answer}"), Stop);
                Assert.All(scored.Scores.Values, outcome => Assert.Contains(expected, Assert.IsType<ScoreOutcome.Failed>(outcome).Error, StringComparison.Ordinal));
            }

            Assert.Single(Server.Requests);
            Assert.Contains(expected, scorer.Stopped, StringComparison.Ordinal);
            Assert.Equal((1L, 5L, 0.0), (scorer.Usage.Calls, scorer.Usage.Failed, scorer.Usage.CreditsSpent));
        }
    }

    [Fact]
    public async Task ScoreAsync_StopWhoseTimeIsOver_AsksAgain()
    {
        var clock = new FakeTimeProvider();
        Server.Balance = 0;
        RailApiScorer scorer = Scorer(time: clock);
        Assert.True((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
        Server.Balance = 10;
        Assert.True((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
        clock.Advance(Quick().StopFor);
        Assert.Null(scorer.Stopped);
        Assert.False((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
    }

    [Fact]
    public async Task ScoreAsync_StoppedScorer_StillLetsTheRulesScore()
    {
        Server.Balance = 0;
        RailApiScorer scorer = Scorer();
        await scorer.ScoreAsync(Request(), Stop);
        Assert.False((await scorer.ScoreAsync(Request("Yes."), Stop)).HasFailures);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(529)]
    [InlineData(408)]
    public async Task ScoreAsync_StatusThatPasses_IsAskedAgain(int status)
    {
        Server.Misbehave = (request, context) => request.Attempt < 3 ? Server.ErrorAsync(context, status, "evaluation failed") : Task.FromResult(false);
        RailApiScorer scorer = Scorer();
        Assert.False((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
        Assert.Equal((3L, 2L), (scorer.Usage.Calls, scorer.Usage.Retries));
    }

    [Fact]
    public async Task ScoreAsync_StatusThatStays_FailsAfterItsAttempts()
    {
        Server.Misbehave = (_, context) => Server.ErrorAsync(context, 500, "out of\nmemory");
        Assert.Equal(new ScoreOutcome.Failed("rail-api: the service answered 500: \"out of memory\" (3 attempts)", Retryable: true), await OneAsync());
    }

    [Theory]
    [InlineData("seconds", 30)]
    [InlineData("date", 28)]
    public async Task ScoreAsync_TooManyRequests_WaitsAsToldAndTellsTheAccount(string form, int atLeast)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var arrivals = new List<DateTimeOffset>();
        Server.Misbehave = (request, context) =>
        {
            arrivals.Add(clock.GetUtcNow());
            context.Response.Headers.RetryAfter = form == "date" ? clock.GetUtcNow().AddSeconds(30).ToString("R", CultureInfo.InvariantCulture) : "30";
            return request.Attempt == 1 ? Server.ErrorAsync(context, 429, "slow down") : Task.FromResult(false);
        };
        RailApiScorer scorer = Scorer(Quick() with { AttemptDeadline = TimeSpan.FromHours(1), Deadline = TimeSpan.FromHours(2) }, clock);
        Task<ScoredResponse> scoring = scorer.ScoreAsync(Request(), Stop);
        for (var step = 0; step < 600 && !scoring.IsCompleted; step++)
        {
            await Task.Delay(5, Stop);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False((await scoring).HasFailures);
        Assert.True(arrivals[1] - arrivals[0] >= TimeSpan.FromSeconds(atLeast), $"{arrivals[1] - arrivals[0]}");
        Assert.Equal((2L, 1L, 1.0), (scorer.Usage.Calls, scorer.Usage.Throttled, scorer.Usage.CreditsSpent));
    }

    [Fact]
    public async Task ScoreAsync_RetryAfterBeyondPatience_StopsUntilThen()
    {
        var clock = new FakeTimeProvider();
        Server.Misbehave = (_, context) =>
        {
            context.Response.Headers.RetryAfter = "7200";
            return Server.ErrorAsync(context, 429, "daily limit");
        };
        RailApiScorer scorer = Scorer(time: clock);
        await scorer.ScoreAsync(Request(), Stop);
        await scorer.ScoreAsync(Request(), Stop);
        Assert.Single(Server.Requests);
        Assert.Contains("left alone for 120 minutes (429)", scorer.Stopped, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(119));
        Assert.NotNull(scorer.Stopped);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(scorer.Stopped);
    }

    [Theory]
    [InlineData(422, "POLICY_BLOCKED", "filtered: the service's policy")]
    [InlineData(400, "content_filter", "filtered: a provider's content filter")]
    [InlineData(403, "POLICY_BLOCKED", "filtered: the service's policy")]
    public async Task ScoreAsync_FilteredAnswer_IsUnscorableAndCounted(int status, string code, string expected)
    {
        foreach (bool nested in (bool[])[true, false])
        {
            Server.NestedErrors = nested;
            Server.Misbehave = (_, context) => Server.ErrorAsync(context, status, "the very text that is harmful", code);
            RailApiScorer scorer = Scorer();
            var outcome = Assert.IsType<ScoreOutcome.Unscorable>(Assert.Single((await scorer.ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety), Stop)).Scores).Value);
            Assert.StartsWith(expected, outcome.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain("harmful", outcome.Reason, StringComparison.Ordinal);
            Assert.Equal((1L, 1L, 1L, (string?)null), (scorer.Usage.Filtered, scorer.Usage.Unscorable, scorer.Usage.Calls, scorer.Stopped));
        }
    }

    [Fact]
    public async Task ScoreAsync_PolicyInPlaceOfScores_IsFiltered()
    {
        Says(200, """{"policy_outcome":{"enforcement":"block","threshold":7.0,"score":2.1,"passed":false,"enforced":true},"result":{}}""");
        Assert.StartsWith("filtered: ", Assert.IsType<ScoreOutcome.Unscorable>(await OneAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(422, "CONTENT_TOO_LONG", "no")]
    [InlineData(422, "INVALID_LENGTH", "no")]
    [InlineData(400, null, "content must be 10 to 10000 characters")]
    public async Task ScoreAsync_LengthThatTheServiceDoesNotTake_IsUnscorable(int status, string? code, string message)
    {
        Server.Misbehave = (_, context) => Server.ErrorAsync(context, status, message, code);
        Assert.Contains("for its length", Assert.IsType<ScoreOutcome.Unscorable>(await OneAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ScoreAsync_CriticalContentWithScores_IsAScore(bool nested)
    {
        (Server.NestedErrors, Server.RefusesCritical) = (nested, true);
        Server.Score = (_, dimension) => new RailApiScore(dimension == "safety" ? 0.4 : 2.5, 0.9, "gives a dose", "Self Harm");
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(Answer, ScoringMode.Deep), Stop);
        var safety = Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]);
        Assert.Equal((400, 0.9, "gives a dose"), (safety.Thousandths, safety.Confidence, safety.Explanation));
        Assert.Equal(["critical_content", "self_harm"], safety.Issues);
        Assert.Equal(2500, Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Fairness]).Thousandths);
        Assert.Equal((1L, 1L, 3.0), (scorer.Usage.Calls, scorer.Usage.Critical, scorer.Usage.CreditsSpent));
    }

    [Fact]
    public async Task ScoreAsync_CriticalContentWithoutScores_IsAskedByDimension()
    {
        (Server.RefusesCritical, Server.TellsCriticalScores) = (true, false);
        Server.Score = (_, dimension) => new RailApiScore(dimension switch { "safety" => 0.4, "privacy" => 5, _ => 1.5 }, 0.9);
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety, Dimension.Privacy, Dimension.Fairness), Stop);

        Assert.Equal([1500, 400, 5000], scored.Scores.Values.Select(outcome => Assert.IsType<ScoreOutcome.Scored>(outcome).Thousandths));
        Assert.Equal(0, ((ScoreOutcome.Scored)scored.Scores[Dimension.Safety]).Confidence);
        Assert.Equal(0.9, ((ScoreOutcome.Scored)scored.Scores[Dimension.Privacy]).Confidence);
        Assert.Equal(4, scorer.Usage.Calls);
    }

    [Fact]
    public async Task ScoreAsync_CriticalContentThatNeverTellsANumber_IsUnscorableAndSaysSo()
    {
        Server.Misbehave = (_, context) => Server.ErrorAsync(context, 422, "unsafe", "RAIL_CRITICAL_CONTENT");
        ScoredResponse scored = await ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety, Dimension.Privacy));
        Assert.All(scored.Scores.Values, outcome => Assert.StartsWith("critical: ", Assert.IsType<ScoreOutcome.Unscorable>(outcome).Reason, StringComparison.Ordinal));
    }
}
