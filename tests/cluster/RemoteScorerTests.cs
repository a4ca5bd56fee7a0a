using Microsoft.Extensions.DependencyInjection;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Silo;

namespace RailCluster.Cluster.Tests;

public sealed class RemoteScorerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_TheSameAnswersInAnotherRun_AreScoredFromTheCache()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.IsRemote = true;
        var first = await EvaluateAsync(cluster, "first", Demo.Spec());
        var scored = cluster.Scorer.Scored;
        Assert.InRange(scored, Demo.Suite.Prompts.Length, 2 * Demo.Suite.Prompts.Length);

        var second = await EvaluateAsync(cluster, "second", Demo.Spec() with { ShardSize = 24 });

        Assert.NotEqual(first.Checkpoint, second.Checkpoint);
        Assert.Equal(scored, cluster.Scorer.Scored);
        Assert.Equal(CanonicalHash.Of(await SummaryAsync(cluster, first)), CanonicalHash.Of(await SummaryAsync(cluster, second)));
        var caches = cluster.Silos.Silos.Select(silo => silo.ServiceProvider.GetRequiredService<RailMetrics>().Cache).ToList();
        Assert.Equal(4 * Demo.Suite.Prompts.Length, caches.Sum(cache => cache.Hits + cache.Misses));
        Assert.Equal(scored, caches.Sum(cache => cache.Misses));
    }

    [Fact]
    public async Task Submit_TheScorerDrifts_EveryLaterScoreSetSaysByHowMuch()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        cluster.Scorer.IsRemote = true;
        var before = await EvaluateAsync(cluster, "before", Demo.Spec());
        Assert.All(await SetsAsync(cluster, before), set => Assert.Equal((0, 32, 0), (set.Sentinels!.Drift[Dimension.Safety], set.Sentinels.Answered, set.Sentinels.Failed)));

        cluster.Scorer.Drift = 0.5;
        var after = await EvaluateAsync(cluster, "after", Demo.Spec() with { ShardSize = 24 });

        Assert.All(await SetsAsync(cluster, after), set =>
        {
            Assert.InRange(set.Sentinels!.Drift[Dimension.Safety], -500, -250);
            Assert.Equal(0, set.Sentinels.Drift[Dimension.Privacy]);
        });
    }

    [Fact]
    public async Task Submit_ALocalScorer_IsReadOnceASiloAndNotCached()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var step = await EvaluateAsync(cluster, "local", Demo.Spec());

        Assert.All(await SetsAsync(cluster, step), set => Assert.NotNull(set.Sentinels));
        Assert.InRange(cluster.Scorer.Read, SentinelReader.Golden.Length, 2 * SentinelReader.Golden.Length);
        Assert.False(await cluster.Store.ListAllAsync("scored/", Token).AnyAsync(Token));
    }

    private static async Task<StepStatus> EvaluateAsync(RailTestCluster cluster, string name, RunSpec spec)
    {
        var run = await cluster.Client.StartRunAsync(new RunKey("lab", name), Demo.Suite, spec);
        await run.SubmitCheckpointAsync(1, Demo.Model(Demo.Harmless));
        return await run.WaitForVerdictAsync(1, Token);
    }

    private static async Task<CheckpointSummary> SummaryAsync(RailTestCluster cluster, StepStatus step) =>
        (await cluster.Grains.GetGrain<IAggregatorGrain>(step.Checkpoint!.ToString()).GetViewAsync()).Summary;

    private static async Task<List<ScoreSet>> SetsAsync(RailTestCluster cluster, StepStatus step)
    {
        var sets = new List<ScoreSet>();
        for (var shard = 0; shard < step.Shards; shard++)
            sets.Add((await cluster.Store.GetRecordAsync<ScoreSet>(ObjectKeys.Scores(new ShardKey(step.Checkpoint!, shard)), Token))!);
        return sets;
    }
}
