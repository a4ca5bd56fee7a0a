using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A suite with its pre-committed order.</summary>
/// <param name="Suite">The suite.</param>
/// <param name="Order">Its prompts as they are evaluated.</param>
public sealed record OrderedSuite(Suite Suite, ImmutableArray<SuitePrompt> Order)
{
    /// <summary>The prompts of one shard.</summary>
    public ImmutableArray<SuitePrompt> Slice(CheckpointPlan plan, int shard) => ShardPlan.Slice(Order, shard, plan.Settings.ShardSize);

    /// <summary>Puts a suite's prompts in order.</summary>
    public static OrderedSuite Of(Suite suite) => new(suite, ShardPlan.Order(suite));
}
