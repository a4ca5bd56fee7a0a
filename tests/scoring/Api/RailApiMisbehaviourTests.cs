using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

/// <summary>Servers that break the contract. Whatever they do has a name, and is never a number.</summary>
public sealed class RailApiMisbehaviourTests : RailApiTest
{
    [Theory]
    [InlineData("11.2", "0.5", "a score of 11.2, outside 0 to 10")]
    [InlineData("-0.1", "0.5", "a score of -0.1, outside 0 to 10")]
    [InlineData("1e999", "0.5", "a score of 1e999, outside 0 to 10")]
    [InlineData("\"7.5\"", "0.5", "a score that is text (\"7.5\"), not a number")]
    [InlineData("\"NaN\"", "0.5", "a score that is text (\"NaN\"), not a number")]
    [InlineData("true", "0.5", "a score that is true or false, not a number")]
    [InlineData("[7]", "0.5", "a score that is a list, not a number")]
    [InlineData("null", "0.5", "without a score")]
    [InlineData("7", "1.2", "a confidence of 1.2, outside 0 to 1")]
    [InlineData("7", "\"high\"", "a confidence that is text (\"high\"), not a number")]
    [InlineData("7", "null", "without a confidence")]
    public async Task ScoreAsync_ValueThatIsNoScore_FailsByName(string score, string confidence, string expected)
    {
        Says(200, $$$"""{"result":{"rail_score":{"score":9,"confidence":0.9},"dimension_scores":{"safety":{"score":{{{score}}},"confidence":{{{confidence}}}},"privacy":{"score":8,"confidence":0.5} } } }""");
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety, Dimension.Privacy), Stop);

        var failed = Assert.IsType<ScoreOutcome.Failed>(scored.Scores[Dimension.Safety]);
        Assert.Equal((true, false), (failed.Error.Contains(expected, StringComparison.Ordinal), failed.Retryable));
        Assert.StartsWith("rail-api: the service gives 'safety'", failed.Error, StringComparison.Ordinal);
        // What came whole beside it is kept.
        Assert.Equal(8000, Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Privacy]).Thousandths);
        Assert.Equal((1L, 1L), (scorer.Usage.Calls, scorer.Usage.Failed));
    }

    [Theory]
    [InlineData("""{"result":{"dimension_scores":{"privacy":{"score":8,"confidence":0.5}}}}""", "gives no score for 'safety'")]
    [InlineData("""{"result":{"dimension_scores":{"safety":null}}}""", "gives no score for 'safety'")]
    [InlineData("""{"result":{"dimension_scores":{"safety":9.5}}}""", "gives 'safety' as a number, not as an object")]
    [InlineData("""{"result":{"dimension_scores":[]}}""", "has no dimension_scores")]
    [InlineData("""{"result":"ok"}""", "has no dimension_scores")]
    [InlineData("""{}""", "has no dimension_scores")]
    [InlineData("""{"score":7.6,"rail_score":{"score":7.6,"confidence":0.9}}""", "has no dimension_scores")]
    public async Task ScoreAsync_EvaluationWithoutTheScore_FailsByName(string body, string expected)
    {
        Says(200, body);
        Assert.Contains(expected, Assert.IsType<ScoreOutcome.Failed>(await OneAsync()).Error, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Theory]
    [InlineData(200, "<html><body>Welcome</body></html>", "text/html", "is a web page, not JSON")]
    [InlineData(200, "<!doctype html>", "application/json", "is a web page, not JSON")]
    [InlineData(200, "<!doctype html>", null, "is a web page, not JSON")]
    [InlineData(200, "{}", "text/plain", "is text/plain, not JSON")]
    [InlineData(200, "", "application/json", "is empty")]
    [InlineData(204, "", null, "is empty")]
    [InlineData(200, "[]", "application/json", "is not a JSON object")]
    [InlineData(200, "{\"result\":", "application/json", "is not JSON (character 11)")]
    [InlineData(200, "{\"result\":{\"dimension_scores\":{\"safety\":{\"score\":NaN,\"confidence\":0.5}}}}", "application/json", "is not JSON")]
    [InlineData(200, "{\"result\":{\"dimension_scores\":{\"safety\":{\"score\":1,\"score\":9,\"confidence\":0.5}}}}", "application/json", "names a field twice")]
    [InlineData(200, "{\"a\":\"\\ud83d\"}", "application/json", "holds a \\u escape for half a character")]
    [InlineData(502, "<html>Bad Gateway</html>", "text/html", "the service answered 502")]
    [InlineData(503, "{\"error\":", "application/json", "the service answered 503")]
    public async Task ScoreAsync_BodyThatCannotBeRead_IsAskedForAgainAndNamed(int status, string body, string? type, string expected)
    {
        Server.Misbehave = async (_, context) =>
        {
            context.Response.StatusCode = status;
            if (type is not null)
                context.Response.ContentType = type;
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
            return true;
        };
        var failed = Assert.IsType<ScoreOutcome.Failed>(await OneAsync());
        Assert.Contains(expected, failed.Error, StringComparison.Ordinal);
        Assert.EndsWith("(3 attempts)", failed.Error, StringComparison.Ordinal);
        Assert.True(failed.Retryable);
    }

    [Fact]
    public async Task ScoreAsync_DeepNesting_IsNamed()
    {
        Says(200, new string('[', 10_000));
        Assert.Contains("is not JSON", Assert.IsType<ScoreOutcome.Failed>(await OneAsync()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_BodyThatIsNotUtf8_IsNamed()
    {
        Server.Misbehave = async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(new byte[] { (byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"' });
            return true;
        };
        Assert.Contains("is not UTF-8", Assert.IsType<ScoreOutcome.Failed>(await OneAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ScoreAsync_HugeBody_IsRefusedUnread(bool announced)
    {
        Server.Misbehave = async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            if (announced)
                context.Response.ContentLength = 1L << 40;
            byte[] block = new byte[64 << 10];
            for (var sent = 0; sent < 1 << 10 && !context.RequestAborted.IsCancellationRequested; sent++)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            return true;
        };
        Assert.Contains("larger than 65536 bytes", Assert.IsType<ScoreOutcome.Failed>(await OneAsync(options: Quick() with { LargestBody = 64 << 10 })).Error, StringComparison.Ordinal);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task ScoreAsync_CompressedBody_IsNotUnpacked()
    {
        Server.Misbehave = async (_, context) =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[32 << 20]);
            return true;
        };
        Assert.Contains("is compressed, which was not asked for", Assert.IsType<ScoreOutcome.Failed>(await OneAsync()).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before the answer", "the connection broke before there was an answer")]
    [InlineData("within the answer", "broke before the answer was complete")]
    public async Task ScoreAsync_ServerThatClosesEarly_IsAskedAgain(string when, string expected)
    {
        Server.Misbehave = async (_, context) =>
        {
            if (when == "within the answer")
            {
                context.Response.ContentLength = 1_000;
                await context.Response.WriteAsync("{\"result\":");
                await context.Response.Body.FlushAsync();
                await Task.Delay(100);
            }

            context.Abort();
            return true;
        };
        RailApiScorer scorer = Scorer();
        var failed = Assert.IsType<ScoreOutcome.Failed>(Assert.Single((await scorer.ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety), Stop)).Scores).Value);
        Assert.Contains(expected, failed.Error, StringComparison.Ordinal);
        // Whether it was evaluated is not known: all attempts count as paid.
        Assert.Equal((3L, 0.6, 0.0), (scorer.Usage.Calls, scorer.Usage.CreditsSpent, scorer.Usage.CreditsReserved));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ScoreAsync_ServerThatHangs_IsGivenUpInTime(bool withHeaders)
    {
        Server.Misbehave = async (_, context) =>
        {
            if (withHeaders)
            {
                await context.Response.WriteAsync("{", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        var failed = Assert.IsType<ScoreOutcome.Failed>(await OneAsync(options: Quick() with { AttemptDeadline = TimeSpan.FromMilliseconds(100), Attempts = 2 }));
        Assert.Equal(("rail-api: no answer within 0.1 s; whether there was one is not known (2 attempts)", true), (failed.Error, failed.Retryable));
    }

    [Fact]
    public async Task ScoreAsync_NobodyListening_CostsNothing()
    {
        RailApiScorer scorer = Scorer(Quick() with { Address = RailApiAddress.Parse("http://127.0.0.1:9") });
        Assert.True((await scorer.ScoreAsync(Request(), Stop)).HasFailures);
        Assert.Equal((3L, 0.0, 0.0), (scorer.Usage.Calls, scorer.Usage.CreditsSpent, scorer.Usage.CreditsReserved));
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_Throws()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Server.Misbehave = async (_, context) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        RailApiScorer scorer = Scorer();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scorer.ScoreAsync(Request(), stop.Token));
        Assert.Equal((1.0, 0.0), (scorer.Usage.CreditsSpent, scorer.Usage.CreditsReserved));
    }

    [Fact]
    public async Task ScoreAsync_AccountOutOfReach_FailsAndMayBeTriedAgain()
    {
        Quota.Broken = new InvalidOperationException("rail_secret words");
        var failed = Assert.IsType<ScoreOutcome.Failed>(await OneAsync(options: Quick() with { Deadline = TimeSpan.FromMilliseconds(200) }));
        Assert.True(failed.Retryable);
        Assert.StartsWith("rail-api: ", failed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task ScoreAsync_EndlessWords_AreCut()
    {
        string endless = new('x', 100_000);
        Says(200, $$$"""{"dimension_scores":{"safety":{"score":1,"confidence":1,"explanation":"{{{endless}}}","issues":["{{{endless}}}"{{{string.Concat(Enumerable.Range(0, 500).Select(n => $",\"t{n}\""))}}}],"suggestions":["{{{endless}}}"{{{string.Concat(Enumerable.Repeat(",\"s\"", 500))}}}]} } }""");
        var score = Assert.IsType<ScoreOutcome.Scored>(await OneAsync(Request(Answer, ScoringMode.Deep, Dimension.Safety)));
        Assert.Equal((2_000, 20, 10, 500), (score.Explanation!.Length, score.Issues.Length, score.Suggestions.Length, score.Suggestions[0].Length));
        Assert.All(score.Issues, issue => Assert.True(issue.Length <= 64));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e12")]
    [InlineData("\"many\"")]
    public async Task ScoreAsync_CreditsThatCannotBe_CountAsReserved(string told)
    {
        Says(200, $$$"""{"dimension_scores":{"safety":{"score":8,"confidence":0.5} },"credits_consumed":{{{told}}} }""");
        RailApiScorer scorer = Scorer();
        await scorer.ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety), Stop);
        Assert.Equal(0.2, scorer.Usage.CreditsSpent);
    }
}
