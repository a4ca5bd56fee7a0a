using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ShardPlanTests
{
    [Fact]
    public void Slice_AllShards_HoldEveryPromptOnce() =>
        Gen.Select(Worlds.Suites, Gen.Int[1, 12]).Sample((suite, size) =>
        {
            var order = ShardPlan.Order(suite);
            var shards = Enumerable.Range(0, ShardPlan.ShardsFor(order.Length, size)).Select(shard => ShardPlan.Slice(order, shard, size)).ToList();
            return shards.All(shard => shard.Length is > 0 && shard.Length <= size)
                && shards.SelectMany(shard => shard).Select(prompt => prompt.Id).Order().SequenceEqual(suite.Prompts.Select(prompt => prompt.Id).Order());
        });

    [Fact]
    public void Order_CriticalPrompts_GoFirst()
    {
        var suite = Make.Suite(Enumerable.Range(0, 20).Select(index =>
            Make.Prompt($"p{index}", Dimension.Safety) with { Tags = index % 4 == 3 ? [SuitePrompt.CriticalTag] : [] }));
        Assert.Equal(Enumerable.Repeat(true, 5).Concat(Enumerable.Repeat(false, 15)), ShardPlan.Order(suite).Select(prompt => prompt.IsCritical));
    }

    [Fact]
    public void Order_OfASuite_RestsOnItsSeedAndNotOnFileOrder()
    {
        var suite = Make.Suite(Enumerable.Range(0, 20).Select(index => Make.Prompt($"p{index}", Dimension.Safety)));
        var reversed = SuiteIdentity.Create(suite.Header, [.. suite.Prompts.Reverse()]);
        var reseeded = SuiteIdentity.Create(suite.Header with { Seed = 18 }, suite.Prompts);
        Assert.Equal(Ids(suite), Ids(reversed));
        Assert.NotEqual(Ids(suite), Ids(reseeded));
    }

    [Fact]
    public void Slice_BeyondTheLastShard_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        ShardPlan.Slice(ShardPlan.Order(Make.Suite(Make.Prompt("a"))), 1, 32));

    private static List<string> Ids(Suite suite) => [.. ShardPlan.Order(suite).Select(prompt => prompt.Id)];
}
