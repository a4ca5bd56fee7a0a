using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

public sealed class JudgeScorerTests : JudgeTest
{
    [Fact]
    public async Task ScoreAsync_Basic_ScoresAllDimensionsInOneCall()
    {
        Says(7.5);
        JudgeScorer judge = Judge();
        ScoredResponse response = await judge.ScoreAsync(Ask("Cool it.", [.. Dimensions.All]), Stop);

        Assert.Equal(Dimensions.All, response.Scores.Keys);
        Assert.All(Dimensions.All, dimension => Assert.Equal((7500, 7.5, 0.9), (Score(response, dimension).Thousandths, Score(response, dimension).Raw, Score(response, dimension).Confidence)));
        Assert.Null(Score(response).Explanation);
        Assert.Equal(("p1", false, judge.Identity, null), (response.PromptId, response.Refused, response.Scorer, response.ResolvedMode));
        Assert.Single(Server.Requests);
        Assert.Equal((1, 1, 5, 3, 0), (judge.Usage.Answers, judge.Usage.Calls, judge.Usage.InputTokens, judge.Usage.OutputTokens, judge.Usage.Repairs));
    }

    [Fact]
    public async Task ScoreAsync_Deep_BringsReasonsIssuesAndSuggestions()
    {
        Says(6);
        ScoreOutcome.Scored score = Score(await Judge().ScoreAsync(Ask() with { Mode = ScoringMode.Deep }, Stop));
        Assert.Equal("It advises water and names a time.", score.Explanation);
        Assert.Equal(["missing_warning", "other"], score.Issues);
        Assert.Equal(["Say when to see a doctor."], score.Suggestions);
    }

    [Theory]
    [InlineData(8, 0.9, ScoringMode.Basic)]
    [InlineData(4.9, 0.9, ScoringMode.Deep)]
    [InlineData(8, 0.4, ScoringMode.Deep)]
    public async Task ScoreAsync_Auto_GoesDeepOnALowScoreOrLowConfidence(double score, double confidence, ScoringMode resolved)
    {
        Server.Chat = (request, context) => ChatServer.AnswerAsync(context, Verdict(request, score, confidence).ToJsonString());
        JudgeScorer judge = Judge();
        ScoredResponse response = await judge.ScoreAsync(Ask() with { Mode = ScoringMode.Auto }, Stop);
        bool deep = resolved == ScoringMode.Deep;
        Assert.Equal(resolved, response.ResolvedMode);
        Assert.Equal(deep, Score(response).Explanation is not null);
        Assert.Equal((deep ? 2 : 1, deep ? 1 : 0), (Server.Requests.Count, judge.Usage.Escalated));
    }

    [Fact]
    public async Task ScoreAsync_AutoWhoseDeepCallFails_IsAFailureAndNotTheBasicScore()
    {
        Server.Chat = (request, context) => Server.Requests.Count == 1 ? ChatServer.AnswerAsync(context, Verdict(request, 2).ToJsonString()) : ChatServer.ErrorAsync(context, 500);
        ScoredResponse response = await Judge().ScoreAsync(Ask() with { Mode = ScoringMode.Auto }, Stop);
        Assert.True(Failure(response).Retryable);
    }

    [Fact]
    public async Task ScoreAsync_DimensionThatDoesNotApply_IsNoNumber()
    {
        Writes("""{"mark":"MARK","scores":{"privacy":{"not_applicable":true,"score":null,"confidence":1}}}""");
        ScoredResponse response = await Judge().ScoreAsync(Ask("4", Dimension.Privacy), Stop);
        Assert.IsType<ScoreOutcome.NotApplicable>(response.Scores[Dimension.Privacy]);
    }

    [Theory]
    [InlineData("I'm sorry, but I can't help with that.", true)]
    [InlineData("Cool it under water.", false)]
    public async Task ScoreAsync_Refusal_IsToldByItsWords(string answer, bool refused)
    {
        Says(8);
        Assert.Equal(refused, (await Judge().ScoreAsync(Ask(answer), Stop)).Refused);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public async Task ScoreAsync_EmptyAnswer_IsWhatTheRulesSayWithoutACall(string answer)
    {
        ScoreRequest request = Ask(answer, Dimension.Safety, Dimension.UserImpact);
        var rules = new RulesScorer();
        ScoredResponse response = await Judge().ScoreAsync(request, Stop);
        Assert.Equal((await rules.ScoreAsync(request, Stop)).Scores.ToArray(), response.Scores.ToArray(), Same);
        Assert.Equal(rules.Identity, response.Scorer);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task ScoreAsync_ShortAnswer_IsJudged()
    {
        Says(9);
        Assert.Equal(9, Score(await Judge().ScoreAsync(Ask("4"), Stop)).Raw);
    }

    [Fact]
    public async Task ScoreAsync_TextBeyondTheLimits_IsUnscorableAndNeverCut()
    {
        JudgeScorer judge = Judge(Quick() with { LongestAnswer = 10, LongestPrompt = 5 });
        ScoredResponse answer = await judge.ScoreAsync(Ask("Eleven char"), Stop), prompt = await judge.ScoreAsync(Ask("short"), Stop);
        Assert.Equal("the answer has 11 characters; the judge reads 10", Assert.IsType<ScoreOutcome.Unscorable>(answer.Scores[Dimension.Safety]).Reason);
        Assert.Equal("the prompt has 18 characters; the judge reads 5", Assert.IsType<ScoreOutcome.Unscorable>(prompt.Scores[Dimension.Safety]).Reason);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task ScoreAsync_NoDimensions_IsNoCall()
    {
        ScoredResponse response = await Judge().ScoreAsync(Ask() with { Dimensions = [] }, Stop);
        Assert.Empty(response.Scores);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_Throws()
    {
        Server.Chat = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);
        using var soon = new CancellationTokenSource();
        Task<ScoredResponse> scoring = Judge().ScoreAsync(Ask(), soon.Token);
        while (Server.Requests.IsEmpty)
            await Task.Delay(5, Stop);
        await soon.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scoring);
    }

    [Fact]
    public async Task ScoreAsync_ManyAtATime_StaysBelowTheLimitAndKeepsThemApart()
    {
        Server.Chat = async (request, context) =>
        {
            await Task.Delay(5, context.RequestAborted);
            double score = request.Prompt.Contains("answer 7", StringComparison.Ordinal) ? 7 : 3;
            await ChatServer.AnswerAsync(context, Verdict(request, score).ToJsonString());
        };
        JudgeScorer judge = Judge(Quick() with { Limits = new QuotaLimits(null, null, null, 3) });
        ScoredResponse[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(index => judge.ScoreAsync(Ask($"answer {(index % 2 == 0 ? 7 : 3)} {index}"), Stop)));
        Assert.Equal(Enumerable.Range(0, 20).Select(index => index % 2 == 0 ? 7.0 : 3.0), all.Select(response => Score(response).Raw));
        Assert.True(Server.Peak <= 3);
        Assert.Equal((3, true), (judge.Traits.InFlight, judge.Traits.IsRemote));
    }

    [Fact]
    public void Identity_WhatChangesScores_ChangesTheVersion()
    {
        JudgeOptions options = Quick();
        JudgeOptions[] others =
        [
            options with { ModelName = "n@test" }, options with { Votes = 3 }, options with { Votes = 5 }, options with { Temperature = 0.5 }, options with { Seed = 2 },
            options with { MaxOutputTokens = 100 }, options with { Format = JudgeFormat.Object }, options with { LongestAnswer = 5 }, options with { LongestPrompt = 5 },
            options with { HasSystemRole = false }, options with { SendTemperature = false }, options with { DeepBelowScore = 3 }, options with { DeepBelowConfidence = 0.2 },
        ];
        string[] versions = [.. others.Prepend(options).Select(changed => Judge(changed).Identity.Version)];
        Assert.Equal(versions.Length, versions.Distinct().Count());
        Assert.All(versions, version => Assert.Matches("^1-[0-9a-f]{12}$", version));
        JudgeOptions same = options with { Limits = new QuotaLimits(10, 100, null, 2), Account = "judge/0123", HedgeMultiple = 3, Canary = true, Patience = new CallPatience() };
        Assert.Equal(versions[0], Judge(same).Identity.Version);
        Assert.Equal("judge", Judge().Identity.Name);
    }

    [Fact]
    public void Options_ThatMakeNoSense_AreAllNamed()
    {
        JudgeOptions wrong = Quick() with { ModelName = "", Votes = 10, Temperature = double.NaN, Seed = -1, MaxOutputTokens = 1, LongestAnswer = 0, DeepBelowScore = 11, HedgeMultiple = 0.5 };
        string message = Assert.Throws<RailInputException>(() => Judge(wrong)).Message;
        Assert.All((string[])["name", "votes", "temperature", "seed", "tokens", "longest", "automatic", "median"], word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.Contains("one vote counted again", Assert.Throws<RailInputException>(() => Judge(Quick() with { Votes = 3, Temperature = 0 })).Message, StringComparison.Ordinal);
        Assert.Contains("temperature 0 alone", Assert.Throws<RailInputException>(() => Judge(Quick() with { Votes = 3, HedgeMultiple = 3 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rubrics_OfAllDimensions_AreWhole() => Assert.All(Dimensions.All, dimension =>
    {
        JudgeRubric rubric = JudgeRubric.Of(dimension);
        Assert.Equal(5, rubric.Anchors.Length);
        Assert.Equal(5, rubric.Anchors.Distinct().Count());
        Assert.All(rubric.Issues, issue => Assert.Matches("^[a-z]+(_[a-z]+)*$", issue));
        Assert.Equal(rubric.Issues.Distinct().Count(), rubric.Issues.Length);
        Assert.Equal("other", rubric.Issues[^1]);
        Assert.Contains("- 9-10: ", rubric.Text(dimension, deep: false), StringComparison.Ordinal);
    });

    private static bool Same(KeyValuePair<Dimension, ScoreOutcome> one, KeyValuePair<Dimension, ScoreOutcome> other) =>
        one.Key == other.Key && CanonicalHash.Of(one.Value) == CanonicalHash.Of(other.Value);
}
