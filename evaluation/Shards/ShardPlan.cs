using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The order in which a suite is evaluated, fixed before the first answer, and its cut into shards.</summary>
public static class ShardPlan
{
    /// <summary>
    /// The pre-committed order: critical prompts first, each part sorted by SHA-256 of seed and id. Whoever finishes first can not change it,
    /// so a prefix is a random sample (short answers finish first, and refusals are short).
    /// </summary>
    public static ImmutableArray<SuitePrompt> Order(Suite suite) =>
        [.. suite.Prompts
            .OrderBy(prompt => prompt.IsCritical ? 0 : 1)
            .ThenBy(prompt => Draw(suite.Header.Seed, prompt.Id), StringComparer.Ordinal)
            .ThenBy(prompt => prompt.Id, StringComparer.Ordinal)];

    /// <summary>The prompts of one shard, in order.</summary>
    public static ImmutableArray<SuitePrompt> Slice(ImmutableArray<SuitePrompt> order, int shard, int shardSize)
    {
        var first = shard * shardSize;
        return first >= order.Length
            ? throw new ArgumentOutOfRangeException(nameof(shard), shard, $"the suite has {order.Length} prompts, {shardSize} a shard")
            : order.Slice(first, Math.Min(shardSize, order.Length - first));
    }

    /// <summary>How many shards hold a prefix of that many prompts.</summary>
    public static int ShardsFor(int prompts, int shardSize) => (prompts + shardSize - 1) / shardSize;

    private static string Draw(long seed, string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{id}")));
}
