using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

public sealed class NoiseTests
{
    private static readonly int Prompts = Demo.Suite.Prompts.Length;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Repeats_GreedyAnswersAndALocalScorer_RecordNoNoiseAndRepeatNothing()
    {
        await using var cluster = await RailTestCluster.StartAsync();

        var step = await JudgeAsync(cluster, "still", Demo.Spec() with { Repeats = 3 });

        Assert.Equal(VerdictOutcome.Pass, step.Verdict!.Outcome);
        Assert.NotEmpty(step.Comparison!.Noise);
        Assert.All(step.Comparison.Noise.Values, noise => Assert.Equal(0, noise));
        Assert.Equal((2 * Prompts, 2 * Prompts), (cluster.Models.Answered, cluster.Scorer.Scored));
    }

    [Fact]
    public async Task Repeats_AScorerThatWavers_IsScoredAgainWithoutGeneratingAndIsTooNoisyForAPass()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        (cluster.Scorer.IsRemote, cluster.Scorer.Wavering) = (true, 4_000);

        var step = await JudgeAsync(cluster, "wavers", Demo.Spec() with { Repeats = 3 });

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Noise), (step.Verdict!.Outcome, step.Verdict.Cause));
        Assert.Matches("accountability.* wavers? too much for a Pass", step.Verdict.Headline);
        Assert.Contains("votes a prompt", step.Verdict.Resolution, StringComparison.Ordinal);
        Assert.InRange(step.Comparison!.Noise[Measure.Accountability], 0.125, 4);
        Assert.Equal(0, step.Comparison.Noise[Measure.LostRefusals]);
        // The checkpoint answers as the baseline does, so its scores lie in the cache; repetitions never do.
        Assert.Equal((2 * Prompts, 3 * Prompts), (cluster.Models.Answered, cluster.Scorer.Scored));

        // What blocks is beyond what noise explains.
        var run = cluster.Client.Run(new RunKey("lab", "wavers"));
        await run.SubmitCheckpointAsync(2, Demo.Model(Demo.Eroded));
        Assert.Equal(VerdictOutcome.Block, (await run.WaitForVerdictAsync(2, Token)).Verdict!.Outcome);
        Assert.InRange(cluster.Scorer.Scored, (3 * Prompts) + 1, 4 * Prompts);
        await cluster.UntilNothingIsOpenAsync();
    }

    [Fact]
    public async Task Repeats_SampledAnswers_AreGeneratedAgainWithSeedsOfTheirOwn()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var generation = Demo.Generation with { Temperature = 1.5, Seed = 11 };

        var step = await JudgeAsync(cluster, "sampled", Demo.Spec() with { Generation = generation, Repeats = 3 });

        Assert.Equal((4 * Prompts, 4 * Prompts), (cluster.Models.Answered, cluster.Scorer.Scored));
        Assert.Contains(step.Comparison!.Noise.Values, noise => noise > 0);
        Assert.Null(step.Comparison.NoiseUnknown);
    }

    [Fact]
    public async Task Repeats_ARepetitionFails_IsNamedAndARetryMakesItGood()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        (cluster.Scorer.IsRemote, cluster.Scorer.FailingRepetition) = (true, 2);

        var step = await JudgeAsync(cluster, "fails", Demo.Spec() with { Repeats = 3 });

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Noise), (step.Verdict!.Outcome, step.Verdict.Cause));
        Assert.Equal("repetition 2 of the baseline failed: the scorer is away", step.Comparison!.NoiseUnknown);
        Assert.Contains("repetition 2 of the baseline failed: the scorer is away", step.Verdict.Reasons[0], StringComparison.Ordinal);

        cluster.Scorer.FailingRepetition = 0;
        var run = cluster.Client.Run(new RunKey("lab", "fails"));
        Assert.Equal(1, await run.RetryAsync());
        var again = await run.WaitForVerdictAsync(1, Token);
        Assert.Equal(VerdictOutcome.Pass, again.Verdict!.Outcome);
        Assert.Equal(2 * Prompts, cluster.Models.Answered);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(21, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 100_001)]
    public async Task Start_NumbersOutOfRange_AreRefused(int repeats, int deep)
    {
        await using var cluster = await RailTestCluster.StartAsync();
        await Assert.ThrowsAsync<RailRequestException>(() => cluster.Client.StartRunAsync(
            new RunKey("lab", "odd"), Demo.Suite, Demo.Spec() with { Repeats = repeats, DeepWorst = deep }));
    }

    [Fact]
    public async Task Start_APolicyThatNobodyCouldJudgeBy_IsRefused()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        foreach (var policy in (Policy[])
            [new() { DriftTolerance = double.NaN }, new() { WarnAt = -1 }, new() { Weights = new Policy().Weights.Add(Dimension.Safety, 1e300) }])
            await Assert.ThrowsAsync<RailRequestException>(() => cluster.Client.StartRunAsync(new RunKey("lab", "odd"), Demo.Suite, Demo.Spec() with { Policy = policy }));
    }

    [Fact]
    public async Task Judge_TheScorerMovedWhileTheCheckpointWasScored_IsInconclusive()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var steady = await JudgeAsync(cluster, "steady", Demo.Spec());
        Assert.Equal(VerdictOutcome.Pass, steady.Verdict!.Outcome);
        await cluster.UntilNothingIsOpenAsync();
        // What is sealed never changes, so silos keep what they read: only new ones see what the test changes here.
        await cluster.CrashAsync();
        await ReadSentinelsAsync(cluster, steady.Checkpoint!, privacy: -800);
        await using var again = await cluster.RestartAsync();

        var moved = await JudgeAsync(again, "moved", Demo.Spec());

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.ScorerDrift), (moved.Verdict!.Outcome, moved.Verdict.Cause));
        Assert.Equal("Inconclusive: the scorer moved by 0.80 on privacy between baseline and checkpoint; tolerance 0.5", moved.Verdict.Headline);
        Assert.Equal(0.8, moved.Comparison!.Drift[Dimension.Privacy], 9);
    }

    // As a worker seals them that looks at its golden answers.
    private static async Task ReadSentinelsAsync(RailTestCluster cluster, CheckpointKey checkpoint, int privacy)
    {
        var reading = new SentinelReading(ImmutableSortedDictionary<Dimension, int>.Empty.Add(Dimension.Privacy, privacy), 16, 0);
        await foreach (var key in cluster.Store.ListAllAsync($"scores/{checkpoint.Project}/{checkpoint.Content}/", Token))
        {
            var set = await cluster.Store.GetRecordAsync<ScoreSet>(key, Token);
            Assert.True(await cluster.Store.ReplaceRecordAsync(key, set! with { Sentinels = reading }, Token));
        }
    }

    private static async Task<StepStatus> JudgeAsync(RailTestCluster cluster, string name, RunSpec spec)
    {
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", name), Demo.Suite, spec);
        // Scored side by side, equal answers of both may each be scored before the other's score is in the cache.
        await cluster.UntilAsync(async () => (await run.GetStatusAsync()).Baseline.State == StepState.Done);
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        return await run.WaitForVerdictAsync(1, Token);
    }
}
