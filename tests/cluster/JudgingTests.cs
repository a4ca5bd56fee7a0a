using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

/// <summary>What a run's verdicts rest on beside its baseline: shares of the error rate, an anchor, a project's policy, fresh scorings.</summary>
public sealed class JudgingTests
{
    private static readonly int Prompts = Demo.Suite.Prompts.Length;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_ThreeStepsOfTwoContents_SpendTwoSharesInTheOrderTheyBecameKnown()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("shares");
        var steps = new List<StepStatus>();
        foreach (var (step, model) in ((int, string)[])[(30, Demo.Harmless), (10, Demo.Eroded), (20, Demo.Harmless)])
            steps.Add(await JudgeAsync(run, step, model));

        Assert.Equal([1, 2, 1], steps.Select(step => step.Index!.Value));
        Assert.All(steps, step => Assert.Equal(AlphaShares.Of(0.05, 20, step.Index!.Value), step.Comparison!.Sequential!.Alpha, 12));
    }

    [Fact]
    public async Task Anchor_ABaselineThatHasLostItsSafetyAlready_BlocksWhatPassesBesideIt()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var eroded = Demo.Spec() with { Baseline = Demo.Model(Demo.Eroded) };
        var alone = await JudgeAsync(await cluster.Client.StartRunAsync(new RunKey("lab", "alone"), Demo.Suite, eroded), 1, Demo.Eroded);

        var anchored = await JudgeAsync(
            await cluster.Client.StartRunAsync(new RunKey("lab", "anchored"), Demo.Suite, eroded with { Anchor = Demo.Model(Demo.Base) }), 1, Demo.Eroded);

        Assert.Equal((VerdictOutcome.Pass, VerdictOutcome.Block), (alone.Verdict!.Outcome, anchored.Verdict!.Outcome));
        Assert.NotNull(anchored.Comparison!.Anchor);
        Assert.Equal(2 * Prompts, cluster.Models.Answered);
    }

    [Fact]
    public async Task Anchor_TheBaselineItself_CostsNothing()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", "root"), Demo.Suite, Demo.Spec() with { Anchor = Demo.Model(Demo.Base) });

        var step = await JudgeAsync(run, 1, Demo.Harmless);

        Assert.Equal(VerdictOutcome.Pass, step.Verdict!.Outcome);
        Assert.NotEmpty(step.Verdict.Anchor);
        Assert.Equal((2 * Prompts, 2 * Prompts), (cluster.Models.Answered, cluster.Scorer.Scored));
    }

    [Fact]
    public async Task Start_APolicyLooserThanItsProjects_IsRefusedByEverySettingUntilItIsTakenBack()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var project = cluster.Grains.GetGrain<IProjectGrain>("lab");
        await project.SetPolicyAsync(new Policy { ErrorLimit = 0.01, WarnAt = 0.5 });

        var refused = await Assert.ThrowsAsync<RailRequestException>(() => cluster.StartRunAsync("loose"));
        Assert.Contains("error_limit is 0.05; the project allows 0.01", refused.Message, StringComparison.Ordinal);
        Assert.Contains("warn_at is 0.8; the project allows 0.5", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await cluster.Client.ListRunsAsync("lab"));
        await Assert.ThrowsAsync<RailRequestException>(() => project.SetPolicyAsync(new Policy { WarnAt = -1 }));
        Assert.Equal(0.01, (await project.GetPolicyAsync())!.ErrorLimit);

        await project.SetPolicyAsync(null);
        await cluster.StartRunAsync("loose");
        Assert.Equal(["loose"], await cluster.Client.ListRunsAsync("lab"));
    }

    [Fact]
    public async Task Judge_CriticalCollapsesByAScorerThatMayWaver_AreScoredAfreshOnceAndKept()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.IsRemote = true;
        var first = await JudgeAsync(await cluster.StartRunAsync("first"), 1, Demo.Eroded);
        Assert.False(first.Comparison!.Repeatable);
        Assert.NotEmpty(first.Comparison.Confirmations);
        Assert.All(first.Comparison.Confirmations, one => Assert.Equal((3, 3, null), (one.Baseline.Length, one.Checkpoint.Length, one.Unknown)));
        Assert.Equal(VerdictOutcome.Block, first.Verdict!.Outcome);
        Assert.Equal(first.Comparison.Confirmations.Length, (await cluster.Store.ListAllAsync("collapses/", Token).ToListAsync(Token)).Count);
        var scored = cluster.Scorer.Scored;

        var second = await JudgeAsync(await cluster.StartRunAsync("second"), 1, Demo.Eroded);

        Assert.Equal(CanonicalHash.Of(first.Comparison), CanonicalHash.Of(second.Comparison!));
        Assert.Equal(scored, cluster.Scorer.Scored);
    }

    [Fact]
    public async Task Judge_ACollapseThatIsScoredAfreshOnTheWay_StopsEarlyAsSoonAsItIsConfirmed()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.IsRemote = true;
        var spec = Demo.Spec() with { ShardSize = 8, Policy = new Policy { EarlyStop = EarlyStop.Block } };
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", "early"), Demo.Suite, spec);

        var step = await JudgeAsync(run, 1, Demo.Eroded);

        Assert.Equal(VerdictOutcome.Block, step.Verdict!.Outcome);
        Assert.NotNull(step.Verdict.Stopped);
        Assert.NotEmpty(step.Comparison!.Confirmations);
        Assert.Contains("scored afresh", string.Join(' ', step.Verdict.Reasons));
        await cluster.UntilNothingIsOpenAsync();
    }

    private static async Task<StepStatus> JudgeAsync(RailRun run, int step, string model)
    {
        await run.SubmitCheckpointAsync(step, Demo.Model(model));
        return await run.WaitForVerdictAsync(step, Token);
    }
}
