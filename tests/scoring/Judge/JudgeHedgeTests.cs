namespace RailCluster.Scoring.Tests;

public sealed class JudgeHedgeTests : JudgeTest
{
    [Fact]
    public void Limit_OfTheTail_IsAMultipleOfTheMedianOnceThereIsOne()
    {
        var tail = new JudgeTail(3, TimeSpan.FromSeconds(2));
        for (var i = 0; i < 7; i++)
            tail.Answered(TimeSpan.FromSeconds(1));
        Assert.Null(tail.Limit());
        tail.Answered(TimeSpan.FromSeconds(50));
        Assert.Equal(TimeSpan.FromSeconds(3), tail.Limit());
        for (var i = 0; i < 64; i++)
            tail.Answered(TimeSpan.FromMilliseconds(10));
        Assert.Equal(TimeSpan.FromSeconds(2), tail.Limit());
        Assert.Null(new JudgeTail(0, TimeSpan.Zero).Limit());
    }

    [Fact]
    public void Take_ServerThatIsSlowAsAWhole_IsAskedTwiceOnceInTen()
    {
        var tail = new JudgeTail(3, TimeSpan.Zero);
        Assert.True(tail.Take());
        Assert.False(tail.Take());
        for (var i = 0; i < 30; i++)
            tail.Answered(TimeSpan.FromSeconds(1));
        Assert.Equal(3, Enumerable.Range(0, 10).Count(_ => tail.Take()));
    }

    [Fact]
    public async Task ScoreAsync_CallInTheTail_IsSentAgainAndTheFirstAnswerCounts()
    {
        JudgeScorer judge = await WarmAsync(multiple: 1);
        var hung = 0;
        Server.Chat = (request, context) => Interlocked.Increment(ref hung) == 1
            ? Task.Delay(Timeout.Infinite, context.RequestAborted)
            : ChatServer.AnswerAsync(context, Verdict(request, 6).ToJsonString());
        Assert.Equal(6, Score(await judge.ScoreAsync(Ask(), Stop)).Raw);
        Assert.Equal((10, 1, 1, 0), (judge.Usage.Calls, judge.Usage.Hedges, judge.Usage.HedgesWon, judge.Usage.Retries));
        Assert.Equal(Server.Requests.Last().Body.ToJsonString(), Server.Requests.SkipLast(1).Last().Body.ToJsonString());
    }

    [Fact]
    public async Task ScoreAsync_HedgeThatFails_LeavesTheFirstCall()
    {
        JudgeScorer judge = await WarmAsync(multiple: 1);
        var failed = new TaskCompletionSource();
        var calls = 0;
        Server.Chat = async (request, context) =>
        {
            if (Interlocked.Increment(ref calls) == 1)
            {
                await failed.Task;
                await ChatServer.AnswerAsync(context, Verdict(request, 4).ToJsonString());
                return;
            }

            await ChatServer.ErrorAsync(context, 500);
            failed.TrySetResult();
        };
        Assert.Equal(4, Score(await judge.ScoreAsync(Ask(), Stop)).Raw);
        Assert.Equal((1, 0), (judge.Usage.Hedges, judge.Usage.HedgesWon));
    }

    [Fact]
    public async Task ScoreAsync_NotAskedFor_NothingIsSentTwice()
    {
        JudgeScorer judge = await WarmAsync(multiple: 0);
        Server.Chat = async (request, context) =>
        {
            await Task.Delay(150, context.RequestAborted);
            await ChatServer.AnswerAsync(context, Verdict(request, 6).ToJsonString());
        };
        Assert.Equal(6, Score(await judge.ScoreAsync(Ask(), Stop)).Raw);
        Assert.Equal((9, 0), (judge.Usage.Calls, judge.Usage.Hedges));
    }

    // As many quick answers as a median needs.
    private async Task<JudgeScorer> WarmAsync(double multiple)
    {
        Says(8);
        JudgeScorer judge = Judge(Quick() with { HedgeMultiple = multiple, LeastHedgeAge = TimeSpan.FromMilliseconds(multiple == 0 ? 1 : 500) });
        for (var i = 0; i < 8; i++)
            Assert.Equal(8, Score(await judge.ScoreAsync(Ask($"answer {i}"), Stop)).Raw);
        Assert.Equal((8, 0), (judge.Usage.Calls, judge.Usage.Hedges));
        return judge;
    }
}
