using RailCluster.Client;
using RailCluster.Contracts;

namespace RailCluster.Cluster.Tests;

public sealed class EarlyStopTests
{
    private const int ShardSize = 8;

    // What lies beyond a prefix that is known is at most four shards; they may be asked again where a verdict, or a crash, cut them short.
    private const int InFlight = 4 * ShardSize;

    private static readonly int Prompts = Demo.Suite.Prompts.Length;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EarlyStop_AnErodedCheckpoint_BlocksBeforeTheEndAndALaterRunOnlyCompletesIt()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var early = await StartAsync(cluster, "early", EarlyStop.Block);
        await early.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));

        var step = await early.WaitForVerdictAsync(1, Token);

        await cluster.UntilNothingIsOpenAsync();
        var answered = cluster.Models.Answered;
        Assert.Equal(VerdictOutcome.Block, step.Verdict!.Outcome);
        Assert.NotNull(step.Verdict.Stopped);
        Assert.InRange(step.Comparison!.Sequential!.Read, 1, Prompts - 1);
        Assert.InRange(answered, Prompts + 1, (2 * Prompts) - 1);

        var full = await StartAsync(cluster, "full", EarlyStop.None);
        await full.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        var complete = await full.WaitForVerdictAsync(1, Token);

        Assert.Equal((VerdictOutcome.Block, null), (complete.Verdict!.Outcome, complete.Verdict.Stopped));
        Assert.Equal(0, complete.Comparison!.Measures.Sum(measure => measure.Missing.Any));
        Assert.InRange(cluster.Models.Answered, 2 * Prompts, (2 * Prompts) + InFlight);
    }

    [Fact]
    public async Task EarlyStop_AHarmlessCheckpointUnderBlockOnly_IsAskedTheWholeSuiteOnce()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await StartAsync(cluster, "harmless", EarlyStop.Block);
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));

        var step = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal((VerdictOutcome.Pass, null), (step.Verdict!.Outcome, step.Verdict.Stopped));
        Assert.Equal((step.Shards, 2 * Prompts), (step.Settled, cluster.Models.Answered));
        await cluster.UntilNothingIsOpenAsync();
    }

    [Fact]
    public async Task EarlyStop_AnotherRunWantsTheWholeSuiteOfTheSameCheckpoint_GetsIt()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var (early, full) = (await StartAsync(cluster, "early", EarlyStop.Both), await StartAsync(cluster, "full", EarlyStop.None));
        await early.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        await full.SubmitCheckpointAsync(7, Demo.Model(Demo.Eroded));

        var (first, second) = (await early.WaitForVerdictAsync(1, Token), await full.WaitForVerdictAsync(7, Token));

        Assert.Equal((VerdictOutcome.Block, VerdictOutcome.Block), (first.Verdict!.Outcome, second.Verdict!.Outcome));
        Assert.Equal(second.Shards, second.Settled);
        Assert.Null(second.Verdict.Stopped);
        Assert.Equal(2 * Prompts, cluster.Models.Answered);
        await cluster.UntilNothingIsOpenAsync();
    }

    [Fact]
    public async Task EarlyStop_TheClusterDiesOnTheWay_GoesOnAndStopsEarlyStill()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await StartAsync(cluster, "crash", EarlyStop.Block);
        cluster.Models.Shut(passes: Prompts + ShardSize);
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        await cluster.UntilAsync(() => cluster.Models.Answered >= Prompts + ShardSize);
        await cluster.CrashAsync();
        cluster.Models.Open();

        await using var again = await cluster.RestartAsync();
        var step = await again.Client.Run(new RunKey("lab", "crash")).WaitForVerdictAsync(1, Token);

        await again.UntilNothingIsOpenAsync();
        Assert.Equal(VerdictOutcome.Block, step.Verdict!.Outcome);
        Assert.NotNull(step.Verdict.Stopped);
        // None, where what was sealed before the crash is enough; never what was sealed.
        Assert.InRange(again.Models.Answered, 0, Prompts);
    }

    private static Task<RailRun> StartAsync(RailTestCluster cluster, string name, EarlyStop mode) => cluster.Client.StartRunAsync(
        new RunKey("lab", name), Demo.Suite, Demo.Spec() with { ShardSize = ShardSize, Policy = new Policy { EarlyStop = mode } });
}
