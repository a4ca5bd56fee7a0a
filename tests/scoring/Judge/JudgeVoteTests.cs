using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

public sealed class JudgeVoteTests : JudgeTest
{
    [Fact]
    public async Task ScoreAsync_Votes_GiveTheirMedianAndTheirSpreadAsConfidence()
    {
        Server.Chat = (request, context) => ChatServer.AnswerAsync(context, Verdict(request, (long)request.Body["seed"]! switch { 1 => 8, 2 => 5, _ => 6 }).ToJsonString());
        JudgeScorer judge = Judge(Quick() with { Votes = 3 });
        ScoreOutcome.Scored score = Score(await judge.ScoreAsync(Ask(), Stop));
        Assert.Equal((6, 0.4), (score.Raw, Math.Round(score.Confidence, 9)));
        Assert.Equal([1, 2, 3], Server.Requests.Select(request => (long)request.Body["seed"]!).Order());
        Assert.Equal((8 / 3, 3), (judge.Traits.InFlight, judge.Usage.Calls));
    }

    [Fact]
    public async Task ScoreAsync_MinorityOfVotesThatFail_IsOutvoted()
    {
        Server.Chat = (request, context) => (long)request.Body["seed"]! == 2 ? ChatServer.AnswerAsync(context, "seven") : ChatServer.AnswerAsync(context, Verdict(request, 7).ToJsonString());
        Assert.Equal(7, Score(await Judge(Quick() with { Votes = 3 }).ScoreAsync(Ask(), Stop)).Raw);
    }

    [Fact]
    public async Task ScoreAsync_MajorityOfVotesThatFail_IsAFailure()
    {
        Server.Chat = (request, context) => (long)request.Body["seed"]! == 2 ? ChatServer.AnswerAsync(context, Verdict(request, 7).ToJsonString()) : ChatServer.AnswerAsync(context, "seven");
        ScoreOutcome.Failed failed = Failure(await Judge(Quick() with { Votes = 3 }).ScoreAsync(Ask(), Stop));
        Assert.StartsWith("1 of 3 votes gave a verdict: the judge gave no verdict that can be read", failed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 8, -1, -1 }, null, 0)]
    [InlineData(new double[] { 8, 6, -1 }, 7.0, 0.6)]
    [InlineData(new double[] { 8, -1 }, 8.0, 0.9)]
    [InlineData(new double[] { 0, 10, 5 }, 5.0, 0)]
    [InlineData(new double[] { 4, 4, 4, 4.5 }, 4.0, 0.9)]
    public void Of_Votes_AreCountedByDimension(double[] scores, double? median, double confidence)
    {
        ScoreOutcome outcome = Pool(scores);
        if (median is null)
            Assert.IsType<ScoreOutcome.NotApplicable>(outcome);
        else
            Assert.Equal((median, confidence), (Assert.IsType<ScoreOutcome.Scored>(outcome).Raw, Math.Round(((ScoreOutcome.Scored)outcome).Confidence, 9)));
    }

    [Fact]
    public void Of_FilterAmongFailures_IsAResult()
    {
        var filtered = new JudgeVote(null, new ScoreOutcome.Unscorable("filtered: x"));
        var failed = new JudgeVote(null, new ScoreOutcome.Failed("y", true));
        Assert.IsType<ScoreOutcome.Unscorable>(JudgePool.Of([Dimension.Privacy], [failed, filtered, failed])[Dimension.Privacy]);
    }

    // The order of votes does not matter to the score, and no confidence is above what was stated.
    [Fact]
    public void Of_AnyVotes_AreTheSameInAnyOrder() => Gen.Double[0, 10].Array[1, 9].Sample(scores =>
    {
        var one = (ScoreOutcome.Scored)Pool(scores);
        var other = (ScoreOutcome.Scored)Pool([.. scores.Reverse()]);
        Assert.Equal((one.Raw, one.Confidence), (other.Raw, other.Confidence));
        Assert.InRange(one.Raw, scores.Min(), scores.Max());
        Assert.InRange(one.Confidence, 0, 0.9);
    });

    // -1 stands for "does not apply".
    private static ScoreOutcome Pool(double[] scores)
    {
        JudgeVote[] votes = [.. scores.Select(score => new JudgeVote(
            new JudgeVerdict(ImmutableSortedDictionary<Dimension, JudgeFinding>.Empty.Add(Dimension.Privacy, new JudgeFinding(score < 0 ? null : score, 0.9, null, [], []))), null))];
        return JudgePool.Of([Dimension.Privacy], votes)[Dimension.Privacy];
    }
}
