using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

public sealed class CheckpointWalkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generators_FourSilosTwoWithDevices_RunOnTheSiloTheirKeyNames()
    {
        await using var cluster = await RailTestCluster.StartAsync();

        Assert.Equal(2, cluster.GpuSilos.Count);
        foreach (var silo in cluster.GpuSilos)
        {
            var status = await cluster.Grains.GetGrain<IGeneratorGrain>($"{silo}/cpu0").GetStatusAsync();
            Assert.Equal(silo, status.Silo);
        }

        var control = cluster.Silos.Silos.Select(silo => silo.Name).Except(cluster.GpuSilos).First();
        var refused = await Assert.ThrowsAsync<RailRequestException>(() => cluster.Grains.GetGrain<IGeneratorGrain>($"{control}/cpu0").GetStatusAsync());
        Assert.Contains("has no device 'cpu0'", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IGeneratorGrain>("nowhere/cpu0").GetStatusAsync());
    }

    [Fact]
    public async Task Submit_ErodedAndHarmlessCheckpoints_AreBlockedAndPassWithTheMeansOfAnEvaluationInOneProcess()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("walk");

        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded), new TaskMetric("accuracy", 1, true));
        await run.SubmitCheckpointAsync(2, Demo.Model(Demo.Harmless));
        var eroded = await run.WaitForVerdictAsync(1, Token);
        var harmless = await run.WaitForVerdictAsync(2, Token);

        Assert.Equal(VerdictOutcome.Block, eroded.Verdict!.Outcome);
        Assert.IsType<Directive.Pause>(eroded.Directive);
        Assert.Equal(VerdictOutcome.Pass, harmless.Verdict!.Outcome);
        var view = await cluster.Grains.GetGrain<IAggregatorGrain>(eroded.Checkpoint!.ToString()).GetViewAsync();
        Assert.Equal(eroded.Shards, view.MergedShards);
        Assert.Equal(CanonicalHash.Of(await Demo.EvaluateAsync(Demo.Eroded, Token)), CanonicalHash.Of(view.Summary));
        Assert.Equal(3 * Demo.Suite.Prompts.Length, cluster.Models.Answered);
        Assert.Equal(3 * Demo.Suite.Prompts.Length, cluster.Scorer.Scored);
    }

    [Fact]
    public async Task Drain_EveryDevice_NothingIsAnsweredUntilOneTakesWorkAgain()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var devices = cluster.GpuSilos.ConvertAll(silo => cluster.Grains.GetGrain<IGeneratorGrain>($"{silo}/cpu0"));
        foreach (var device in devices) await device.SetDrainingAsync(true);
        var run = await cluster.StartRunAsync("drained");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await cluster.UntilAsync(async () => (await run.GetStatusAsync()).Steps.Single().State == StepState.Queued);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);

        Assert.Equal(0, cluster.Models.Answered);
        Assert.Equal(2, (await cluster.Client.GetPoolStatusAsync()).OpenCheckpoints);
        await devices[0].SetDrainingAsync(false);

        Assert.Equal(VerdictOutcome.Pass, (await run.WaitForVerdictAsync(1, Token)).Verdict!.Outcome);
        Assert.Equal(2 * Demo.Suite.Prompts.Length, (await devices[0].GetStatusAsync()).Prompts);
        Assert.Equal(0, (await devices[1].GetStatusAsync()).Prompts);
    }

    [Fact]
    public async Task Submit_WhatAnotherRunHasEvaluated_GeneratesAndScoresNothing()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var first = await cluster.StartRunAsync("first");
        await first.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await first.WaitForVerdictAsync(1, Token);
        var (answered, scored) = (cluster.Models.Answered, cluster.Scorer.Scored);

        var second = await cluster.StartRunAsync("second");
        await second.SubmitCheckpointAsync(9, Demo.Model(Demo.Harmless));
        var step = await second.WaitForVerdictAsync(9, Token);

        Assert.Equal(VerdictOutcome.Pass, step.Verdict!.Outcome);
        Assert.Equal((answered, scored), (cluster.Models.Answered, cluster.Scorer.Scored));
    }

    [Fact]
    public async Task Cancel_OneOfTwoRunsThatShareACheckpoint_LeavesTheOtherItsFullResult()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var (first, second) = (await cluster.StartRunAsync("first"), await cluster.StartRunAsync("second"));
        cluster.Models.Shut(passes: 300);
        await first.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await second.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await cluster.UntilAsync(() => cluster.Models.Answered >= 300);

        await first.CancelAsync(1);
        cluster.Models.Open();
        var step = await second.WaitForVerdictAsync(1, Token);

        Assert.Equal(VerdictOutcome.Pass, step.Verdict!.Outcome);
        Assert.Equal(step.Shards, step.Settled);
        Assert.Equal(0, step.Comparison!.Measures.Sum(measure => measure.Missing.Any));
        Assert.Equal(StepState.Cancelled, (await first.GetStatusAsync()).Steps.Single().State);
        await Assert.ThrowsAsync<RailRequestException>(() => first.WaitForVerdictAsync(1, Token));
        await first.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        Assert.Equal(VerdictOutcome.Pass, (await first.WaitForVerdictAsync(1, Token)).Verdict!.Outcome);
    }

    [Fact]
    public async Task Submit_TheSameStepAgain_GivesTheSameReceiptAndAnotherModelIsAConflict()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("walk");

        var receipt = await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));

        Assert.Equal(receipt, await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless)));
        var conflict = await Assert.ThrowsAsync<RailRequestException>(() => run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded)));
        Assert.Contains("submit under another step", conflict.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RailRequestException>(() => cluster.Client.Run(new RunKey("lab", "none")).GetStatusAsync());
        Assert.Equal(["walk"], await cluster.Client.ListRunsAsync("lab"));
    }
}
