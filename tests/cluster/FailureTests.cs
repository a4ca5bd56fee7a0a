using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

public sealed class FailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_TheScorerIsAway_IsInconclusiveAndARetryScoresWithoutGeneratingAgain()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.Away = true;
        var run = await cluster.StartRunAsync("blind");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        var blind = await run.WaitForVerdictAsync(1, Token);
        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Errors), (blind.Verdict!.Outcome, blind.Verdict.Cause!.Value));
        var answered = cluster.Models.Answered;

        cluster.Scorer.Away = false;
        Assert.Equal(1, await run.RetryAsync());
        var judged = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal(VerdictOutcome.Pass, judged.Verdict!.Outcome);
        Assert.Equal(answered, cluster.Models.Answered);
        Assert.Equal(2 * Demo.Suite.Prompts.Length, cluster.Scorer.Scored);
        Assert.Equal(0, await run.RetryAsync());
    }

    [Fact]
    public async Task Submit_TheScorerThrows_EndsInAVerdictThatSaysSo()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.Throws = true;
        var run = await cluster.StartRunAsync("throws");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));

        var step = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Errors), (step.Verdict!.Outcome, step.Verdict.Cause!.Value));
        await cluster.UntilNothingIsOpenAsync();
    }

    [Fact]
    public async Task Submit_TheScorersExaminationTakesLong_HoldsUpTheVerdictAndNothingElse()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.IsRemote = true;
        cluster.Scorer.HoldExamination();
        var run = await cluster.StartRunAsync("patient");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await cluster.UntilAsync(async () => (await run.GetStatusAsync()).Steps.Single().WaitingFor == "its verdict");

        await run.SubmitCheckpointAsync(2, Demo.Model(Demo.Eroded)).WaitAsync(TimeSpan.FromSeconds(10), Token);
        await cluster.UntilAsync(async () => (await run.GetStatusAsync()).Steps[1].WaitingFor == "its verdict");
        cluster.Scorer.LetExaminationOn();

        Assert.Equal(VerdictOutcome.Pass, (await run.WaitForVerdictAsync(1, Token)).Verdict!.Outcome);
        Assert.Equal(VerdictOutcome.Block, (await run.WaitForVerdictAsync(2, Token)).Verdict!.Outcome);
        Assert.Equal(2 * PositiveControls.Pairs.Length, cluster.Scorer.Examined);
    }

    [Fact]
    public async Task Submit_OneAnswerFailsTwice_OnlyThatPromptIsAskedAgain()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Models.Fails[Demo.Suite.Prompts[7].Id] = 2;
        var run = await cluster.StartRunAsync("stumble");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));

        var step = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal(VerdictOutcome.Pass, step.Verdict!.Outcome);
        Assert.Equal(2 * Demo.Suite.Prompts.Length + 2, cluster.Models.Answered);
    }

    [Fact]
    public async Task Submit_OneAnswerFailsEveryTime_IsInconclusiveAndARetryAsksItAlone()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("broken");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        await run.WaitForVerdictAsync(1, Token);
        var prompt = Demo.Suite.Prompts[7].Id;
        cluster.Models.Fails[prompt] = 3;
        await run.SubmitCheckpointAsync(2, Demo.Model(Demo.Eroded));
        var broken = await run.WaitForVerdictAsync(2, Token);
        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Errors), (broken.Verdict!.Outcome, broken.Verdict.Cause!.Value));
        var answered = cluster.Models.Answered;

        Assert.Equal(1, await run.RetryAsync(2));
        var judged = await run.WaitForVerdictAsync(2, Token);

        Assert.Equal(VerdictOutcome.Block, judged.Verdict!.Outcome);
        Assert.Equal(answered + 1, cluster.Models.Answered);
    }

    [Fact]
    public async Task Submit_AModelThatIsNotThere_IsInconclusiveAndNamesTheFolder()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("gone");
        await run.SubmitCheckpointAsync(1, Demo.Model("never-trained"));

        var step = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Canary), (step.Verdict!.Outcome, step.Verdict.Cause!.Value));
        Assert.Contains("never-trained", step.Verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnUnknownScorerOrAnotherSpec_IsRefusedByName()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var key = new RunKey("lab", "one");
        var unknown = await Assert.ThrowsAsync<RailRequestException>(() => cluster.Client.StartRunAsync(key, Demo.Suite, Demo.Spec() with { Scorer = "oracle" }));
        Assert.Contains("no scorer 'oracle'", unknown.Message, StringComparison.Ordinal);

        await cluster.Client.StartRunAsync(key, Demo.Suite, Demo.Spec());
        await cluster.Client.StartRunAsync(key, Demo.Suite, Demo.Spec());
        var other = await Assert.ThrowsAsync<RailRequestException>(
            () => cluster.Client.StartRunAsync(key, Demo.Suite, Demo.Spec() with { ShardSize = 16 }));
        Assert.Contains("another specification", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_ASiloWithADevice_ItsShardsRunElsewhereAndCountOnce()
    {
        await using var cluster = await RailTestCluster.StartAsync(lease: TimeSpan.FromSeconds(3));
        var run = await cluster.StartRunAsync("kill");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        cluster.Models.Shut(passes: 100);
        await cluster.UntilAsync(() => cluster.Models.Answered >= 100);

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos.First(silo => silo.Name == cluster.GpuSilos[0]), Token);
        cluster.Models.Open();
        var step = await run.WaitForVerdictAsync(1, Token);

        Assert.Equal(VerdictOutcome.Block, step.Verdict!.Outcome);
        var view = await cluster.Grains.GetGrain<IAggregatorGrain>(step.Checkpoint!.ToString()).GetViewAsync();
        Assert.Equal(step.Shards, view.MergedShards);
        Assert.Equal(CanonicalHash.Of(await Demo.EvaluateAsync(Demo.Eroded, Token)), CanonicalHash.Of(view.Summary));
    }

    [Fact]
    public async Task Crash_InTheMiddle_GoesOnAndRepeatsAtMostTheShardsInFlight()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var run = await cluster.StartRunAsync("crash");
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Eroded));
        cluster.Models.Shut(passes: 350);
        await cluster.UntilAsync(() => cluster.Models.Answered >= 350);

        await cluster.CrashAsync();
        var before = await SealedAsync(cluster);
        await using var again = await cluster.RestartAsync();
        var step = await again.Client.Run(run.Key).WaitForVerdictAsync(1, Token);

        Assert.Equal(VerdictOutcome.Block, step.Verdict!.Outcome);
        Assert.Equal(2 * Demo.Suite.Prompts.Length - before, again.Models.Answered);
        var view = await again.Grains.GetGrain<IAggregatorGrain>(step.Checkpoint!.ToString()).GetViewAsync();
        Assert.Equal(CanonicalHash.Of(await Demo.EvaluateAsync(Demo.Eroded, Token)), CanonicalHash.Of(view.Summary));
        await again.UntilNothingIsOpenAsync();
    }

    // Answers that are sealed: whatever else was generated is lost with the process.
    private static async Task<int> SealedAsync(RailTestCluster cluster)
    {
        var count = 0;
        await foreach (var key in cluster.Store.ListAllAsync("answers/", Token))
            count += (await cluster.Store.GetRecordAsync<ResponseSet>(key, Token))!.Responses.Length;
        return count;
    }
}
