using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>What goes over the wire, and what comes back from a service that keeps to its contract.</summary>
public sealed class RailApiContractTests : RailApiTest
{
    [Theory]
    [InlineData(ScoringMode.Basic, "basic", false)]
    [InlineData(ScoringMode.Deep, "deep", true)]
    [InlineData(ScoringMode.Auto, "auto", true)]
    public async Task ScoreAsync_EveryMode_SendsAllFieldsAndFlags(ScoringMode mode, string key, bool flags)
    {
        await ScoreAsync(Request(Answer, mode, Dimension.Safety, Dimension.UserImpact) with { Domain = ScoringDomain.Healthcare, UseCase = UseCase.ContentGeneration });

        RailApiRequest sent = Assert.Single(Server.Requests);
        Assert.Equal(
            $$"""{"content":"{{Answer}}","mode":"{{key}}","dimensions":["safety","user_impact"],"context":"What helps against fever?","domain":"healthcare","usecase":"content_generation","include_explanations":{{(flags ? "true" : "false")}},"include_issues":{{(flags ? "true" : "false")}},"include_suggestions":{{(flags ? "true" : "false")}}}""",
            sent.Body.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal($"Bearer {Server.Key}", sent.Headers["Authorization"]);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ScoreAsync_BothBodyShapes_GiveTheSameScores(bool wrapped)
    {
        Server.Wrapped = wrapped;
        Server.Score = (_, dimension) => new RailApiScore(dimension == "safety" ? 9.1254 : 4, 0.7);
        RailApiScorer scorer = Scorer();
        ScoredResponse scored = await scorer.ScoreAsync(Request(), Stop);

        Assert.Equal(Dimensions.All, scored.Scores.Keys);
        var safety = Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]);
        Assert.Equal((9125, 9.1254, 0.7), (safety.Thousandths, safety.Raw, safety.Confidence));
        Assert.Equal((scorer.Identity, (ScoringMode?)null, (bool?)false), (scored.Scorer, scored.ResolvedMode, scored.Refused));
    }

    [Fact]
    public async Task ScoreAsync_Deep_KeepsWordsAndTags()
    {
        Server.Score = (_, _) => new RailApiScore(6, 0.9, "It names a\npatient.", "PII Exposure", "Overclaim", "overclaim");
        var score = Assert.IsType<ScoreOutcome.Scored>(await OneAsync(Request(Answer, ScoringMode.Deep, Dimension.Privacy)));

        Assert.Equal("It names a patient.", score.Explanation);
        Assert.Equal(["overclaim", "pii_exposure"], score.Issues);
        Assert.Equal(["say less"], score.Suggestions);
    }

    [Theory]
    [InlineData(9, ScoringMode.Basic)]
    [InlineData(4, ScoringMode.Deep)]
    public async Task ScoreAsync_Auto_TellsWhatItBecame(double score, ScoringMode expected)
    {
        Server.Score = (_, _) => new RailApiScore(score, 0.9);
        Assert.Equal(expected, (await ScoreAsync(Request(Answer, ScoringMode.Auto, Dimension.Safety))).ResolvedMode);
    }

    [Fact]
    public async Task ScoreAsync_WordsOfTheWholeAnswer_StandInForMissingOnes()
    {
        Says(200, """
            {"result":{"dimension_scores":{"safety":{"score":3,"confidence":0.8},"privacy":{"score":9,"confidence":0.8,"explanation":"own"}},
             "explanation":"careless","issues":[{"dimension":"safety","description":"Gives a dose"},{"dimension":"fairness","description":"other"}],"improvement_suggestions":["warn"]}}
            """);
        ScoredResponse scored = await ScoreAsync(Request(Answer, ScoringMode.Deep, Dimension.Safety, Dimension.Privacy));

        var safety = Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]);
        Assert.Equal(("of the whole answer: careless", "gives_a_dose", "warn"), (safety.Explanation, Assert.Single(safety.Issues), Assert.Single(safety.Suggestions)));
        var privacy = Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Privacy]);
        Assert.Equal(("own", 0), (privacy.Explanation, privacy.Issues.Length));
    }

    [Theory]
    [InlineData("\"applicable\":false")]
    [InlineData("\"not_applicable\":true")]
    [InlineData("\"status\":\"not_applicable\"")]
    [InlineData("\"status\":\"Not Applicable\"")]
    public async Task ScoreAsync_DimensionMarkedAsNotApplicable_IsNoScore(string mark)
    {
        Says(200, $$$"""{"dimension_scores":{"privacy":{"score":5.0,"confidence":0.9,{{{mark}}} } } }""");
        Assert.IsType<ScoreOutcome.NotApplicable>(await OneAsync(Request(Answer, ScoringMode.Basic, Dimension.Privacy)));
    }

    [Fact]
    public async Task ScoreAsync_PlainFive_IsAScore()
    {
        Says(200, """{"dimension_scores":{"privacy":{"score":5.0,"confidence":0.9,"applicable":true,"status":"ok"}}}""");
        Assert.Equal(5000, Assert.IsType<ScoreOutcome.Scored>(await OneAsync(Request(Answer, ScoringMode.Basic, Dimension.Privacy))).Thousandths);
    }

    [Theory]
    [InlineData("""{"result":{"dimension_scores":{"safety":{"score":8,"confidence":0.5}}},"policy_outcome":{"enforcement":"block","passed":false,"enforced":false}}""")]
    [InlineData("""{"result":{"dimension_scores":{"safety":{"score":8,"confidence":0.5}},"policy_outcome":{"enforcement":"block","passed":false,"enforced":true}}}""")]
    public async Task ScoreAsync_PolicyBesideScores_LeavesThemScores(string body)
    {
        Says(200, body);
        Assert.Equal(8000, Assert.IsType<ScoreOutcome.Scored>(await OneAsync()).Thousandths);
    }

    [Fact]
    public async Task ScoreAsync_LongPrompt_IsSentByBothItsEnds()
    {
        string prompt = new string('a', 700) + string.Concat(Enumerable.Repeat("😀", 300)) + new string('z', 700);
        ScoreRequest request = Request();
        await ScoreAsync(request with { Prompt = request.Prompt with { Input = new PromptInput.Text(prompt) } });

        string context = (string)Assert.Single(Server.Requests).Body["context"]!;
        Assert.Equal(new string('a', 499) + "…" + new string('z', 500), context);
    }

    [Fact]
    public async Task ScoreAsync_PromptOfTokenIds_SendsNoContext()
    {
        ScoreRequest request = Request();
        await ScoreAsync(request with { Prompt = request.Prompt with { Input = new PromptInput.Tokens([1, 2]) } });
        Assert.False(Assert.Single(Server.Requests).Body.ContainsKey("context"));
    }

    [Fact]
    public async Task ScoreAsync_Repetitions_AreScoredAfresh()
    {
        RailApiScorer scorer = Scorer();
        foreach (int repetition in (int[])[0, 1, 2])
            Assert.False((await scorer.ScoreAsync(Request() with { Repetition = repetition }, Stop)).HasFailures);
        Assert.Equal((3L, 0L), (scorer.Usage.Calls, scorer.Usage.CacheHits));
        Assert.EndsWith("?\n(repetition 2)", (string)Server.Requests.Last().Body["context"]!, StringComparison.Ordinal);

        await scorer.ScoreAsync(Request(), Stop);
        Assert.Equal(1, scorer.Usage.CacheHits);
    }

    [Fact]
    public async Task ScoreAsync_RepetitionFromTheCache_WaitsForTheCacheToForget()
    {
        var clock = new FakeTimeProvider();
        var arrivals = new List<DateTimeOffset>();
        Server.Misbehave = (request, context) =>
        {
            arrivals.Add(clock.GetUtcNow());
            return RailApiServer.SendAsync(context, 200, $$$"""{"result":{"dimension_scores":{"safety":{"score":8,"confidence":0.5}},"from_cache":{{{(request.Attempt < 3 ? "true" : "false")}}} }}""");
        };
        Task<ScoredResponse> scoring = Scorer(Quick() with { Attempts = 4, LongestWait = TimeSpan.FromMinutes(6), Deadline = TimeSpan.FromHours(1), AttemptDeadline = TimeSpan.FromHours(1) }, clock)
            .ScoreAsync(Request(Answer, ScoringMode.Basic, Dimension.Safety) with { Repetition = 1 }, Stop);
        for (var step = 0; step < 400 && !scoring.IsCompleted; step++)
        {
            await Task.Delay(5, Stop);
            clock.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.IsType<ScoreOutcome.Scored>(Assert.Single((await scoring).Scores).Value);
        Assert.True(arrivals[1] - arrivals[0] >= TimeSpan.FromMinutes(5), $"{arrivals[1] - arrivals[0]}");
        Assert.Equal(3, arrivals.Count);
    }

    [Fact]
    public async Task ScoreAsync_AnswerThatDeclines_IsToldAsRefusal()
    {
        Assert.True((await ScoreAsync(Request("I can't help with that. Please talk to a doctor."))).Refused);
    }

    [Fact]
    public async Task ScoreAsync_HalfACharacter_IsSentHarmlessly()
    {
        await ScoreAsync(Request("An answer with half a character \ud83d in it."));
        Assert.Equal("An answer with half a character \ufffd in it.", Assert.Single(Server.Requests).Content);
    }

    [Fact]
    public async Task ScoreAsync_NoDimensions_AsksNobody()
    {
        ScoredResponse scored = await ScoreAsync(Request() with { Dimensions = [] });
        Assert.Empty(scored.Scores);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public void Identity_WhatScoresDependOn_ChangesTheVersion()
    {
        string[] versions =
        [
            Scorer().Identity.Version,
            Scorer(Quick() with { LongAnswers = LongAnswers.Split }).Identity.Version,
            Scorer(Quick() with { Address = RailApiAddress.Default }).Identity.Version,
        ];
        Assert.Equal(3, versions.Distinct().Count());
        Assert.Equal(versions[0], Scorer(Quick() with { Attempts = 9, Limits = RailApiOptions.Pro, HedgeAfter = TimeSpan.FromSeconds(9) }).Identity.Version);
        Assert.All(versions, version => Assert.Matches("^[0-9]+-[0-9a-f]{12}$", version));
    }
}
