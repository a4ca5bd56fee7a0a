using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

public sealed class ExplanationTests
{
    private const int Worst = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DeepWorst_ABlockedCheckpoint_IsExplainedOnceAndItsVerdictStays()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var plain = await JudgeAsync(cluster, "plain", Demo.Spec());
        Assert.Equal(0, cluster.Scorer.Explained);

        var judged = await JudgeAsync(cluster, "deep", Demo.Spec() with { DeepWorst = Worst });
        await cluster.UntilNothingIsOpenAsync();

        Assert.Equal(CanonicalHash.Of(plain.Verdict), CanonicalHash.Of(judged.Verdict));
        Assert.Equal(CanonicalHash.Of(plain.Comparison), CanonicalHash.Of(judged.Comparison));
        var set = await SealedAsync(cluster);
        Assert.InRange(set.Prompts.Length, Worst, DeepSelection.Limit);
        Assert.Equal(2 * set.Prompts.Length, cluster.Scorer.Explained);
        var run = cluster.Client.Run(new RunKey("lab", "deep"));
        var (worst, last) = (set.Prompts[0].PromptId, Demo.Suite.Prompts.First(prompt => set.Prompts.All(one => one.PromptId != prompt.Id)).Id);
        var evidence = await run.GetEvidenceAsync(1, [worst, last]);
        Assert.NotEmpty(evidence[0].Explanation!.Baseline!.Dimensions);
        Assert.NotEmpty(evidence[0].Explanation!.Checkpoint!.Dimensions.Values.First().Text!);
        Assert.Null(evidence[1].Explanation);
        Assert.Null((await run.GetStatusAsync()).Steps.Single().WaitingFor);
        Assert.Empty(await cluster.Store.ListAllAsync("attempts/explanations/", Token).ToListAsync(Token));

        await JudgeAsync(cluster, "again", Demo.Spec() with { DeepWorst = Worst });
        await cluster.UntilNothingIsOpenAsync();
        Assert.Equal(2 * set.Prompts.Length, cluster.Scorer.Explained);
    }

    [Fact]
    public async Task DeepWorst_TheClusterDiesWhileExplaining_GoesOnWhereItWas()
    {
        ExplanationSet set;
        RailTestCluster? next = null;
        await using var cluster = await RailTestCluster.StartAsync();
        // A batch of sixteen prompts is kept, then half of the next is under way.
        cluster.Scorer.ShutExplanations(passes: 40);
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", "deep"), Demo.Suite, Demo.Spec() with { DeepWorst = Worst });
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        var judged = await run.WaitForVerdictAsync(1, Token);
        await cluster.UntilAsync(() => cluster.Scorer.Explained == 40);
        Assert.Equal("its worst prompts to be explained", (await run.GetStatusAsync()).Steps.Single().WaitingFor);
        Assert.Null((await run.GetEvidenceAsync(1, [judged.Comparison!.Measures[(int)Measure.LostRefusals].Worst[0].PromptId])).Single().Explanation);

        await cluster.CrashAsync();
        cluster.Scorer.OpenExplanations();
        try
        {
            next = await cluster.RestartAsync();
            await next.UntilNothingIsOpenAsync();
            set = await SealedAsync(next);
            var after = (await next.Client.Run(run.Key).GetStatusAsync()).Steps.Single();
            Assert.Equal(CanonicalHash.Of(judged.Verdict), CanonicalHash.Of(after.Verdict));
        }
        finally
        {
            if (next is not null) await next.DisposeAsync();
        }

        Assert.All(set.Prompts, one => Assert.Null(one.Checkpoint!.Failure));
        // The first batch of both sides is not paid for again.
        Assert.InRange(next.Scorer.Explained, 2 * set.Prompts.Length, 2 * set.Prompts.Length + 40);
        Assert.True(next.Scorer.Explained <= 2 * (set.Prompts.Length - 16) + 40);
    }

    private static async Task<StepStatus> JudgeAsync(RailTestCluster cluster, string name, RunSpec spec)
    {
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", name), Demo.Suite, spec);
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        return await run.WaitForVerdictAsync(1, Token);
    }

    private static async Task<ExplanationSet> SealedAsync(RailTestCluster cluster)
    {
        var key = Assert.Single(await cluster.Store.ListAllAsync("explanations/", Token).ToListAsync(Token));
        return (await cluster.Store.GetRecordAsync<ExplanationSet>(key, Token))!;
    }
}
