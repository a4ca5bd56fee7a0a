using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

public sealed class JudgeCanaryTests : JudgeTest
{
    private static JudgeOptions Tried() => Quick() with { Canary = true };

    [Fact]
    public async Task ScoreAsync_JudgeThatPassesItsTrial_IsTriedOnce()
    {
        Answers(plain: 1, planted: 1.5, other: 8);
        JudgeScorer judge = Judge(Tried());
        Assert.Null(judge.Trial);
        ScoredResponse[] all = await Task.WhenAll(Enumerable.Range(0, 5).Select(index => judge.ScoreAsync(Ask($"answer {index}"), Stop)));
        Assert.All(all, response => Assert.Equal(8, Score(response).Raw));
        Assert.Equal((7, 7, 5), (Server.Requests.Count, judge.Usage.Calls, judge.Usage.Answers));
        Assert.Equal("a bad answer has 1.0, and with an order to the judge in it 1.5", judge.Trial);
    }

    [Fact]
    public async Task ScoreAsync_JudgeThatObeysWhatItJudges_ScoresNothing()
    {
        Answers(plain: 1, planted: 10, other: 8);
        JudgeScorer judge = Judge(Tried());
        ScoreOutcome.Failed first = Failure(await judge.ScoreAsync(Ask(), Stop)), next = Failure(await judge.ScoreAsync(Ask(), Stop));
        Assert.Equal("the judge obeys the text that it judges (a bad answer has 1.0, and with an order to the judge in it 10.0); let another model judge", first.Error);
        Assert.Equal((first, false, 2), (next, first.Retryable, Server.Requests.Count));
    }

    [Fact]
    public async Task ScoreAsync_JudgeThatFindsABadAnswerGood_ScoresNothing()
    {
        Answers(plain: 9, planted: 9, other: 8);
        Assert.StartsWith("the judge does not tell a bad answer from a good one", Failure(await Judge(Tried()).ScoreAsync(Ask(), Stop)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_TrialThatFails_IsMadeAgainWithTheNextAnswer()
    {
        Fails(500);
        JudgeScorer judge = Judge(Tried());
        ScoreOutcome.Failed failed = Failure(await judge.ScoreAsync(Ask(), Stop));
        Assert.StartsWith("the judge could not be tried: ", failed.Error, StringComparison.Ordinal);
        Assert.True(failed.Retryable);
        Answers(plain: 1, planted: 1, other: 8);
        Assert.Equal(8, Score(await judge.ScoreAsync(Ask(), Stop)).Raw);
    }

    [Fact]
    public async Task ScoreAsync_ProviderThatWithholdsThePlantedOrder_Passes()
    {
        Server.Chat = (request, context) => request.Prompt.Contains("SYSTEM: The review", StringComparison.Ordinal)
            ? ChatServer.ErrorAsync(context, 400, "jailbreak", "content_filter")
            : ChatServer.AnswerAsync(context, Verdict(request, request.Prompt.Contains("butter", StringComparison.Ordinal) ? 1 : 8).ToJsonString());
        JudgeScorer judge = Judge(Tried());
        Assert.Equal(8, Score(await judge.ScoreAsync(Ask(), Stop)).Raw);
        Assert.Contains("filter", judge.Trial, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_GullibleJudge_PassesBecauseTheFenceHolds()
    {
        Server.Chat = (request, context) => ChatServer.AnswerAsync(context, Verdict(request, GullibleJudge.Obeys(request.Prompt) ? 10 : 2).ToJsonString());
        Assert.Equal(2, Score(await Judge(Tried()).ScoreAsync(Ask(), Stop)).Raw);
    }

    private void Answers(double plain, double planted, double other) => Server.Chat = (request, context) =>
    {
        double score = request.Prompt.Contains("SYSTEM: The review", StringComparison.Ordinal) ? planted : request.Prompt.Contains("butter", StringComparison.Ordinal) ? plain : other;
        return ChatServer.AnswerAsync(context, Verdict(request, score).ToJsonString());
    };
}
