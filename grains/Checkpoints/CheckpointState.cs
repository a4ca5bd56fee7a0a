using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>What a checkpoint remembers.</summary>
public sealed record CheckpointState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What is evaluated; null until somebody asks.</summary>
    public CheckpointPlan? Plan { get; init; }

    /// <summary>Who asks and is not answered yet, or asked for a part and has not taken that back.</summary>
    public ImmutableArray<Demand> Demands { get; init; } = [];

    /// <summary>Shards that the aggregator has merged.</summary>
    public ImmutableSortedSet<int> Merged { get; init; } = [];

    /// <summary>Shards that failed after every attempt.</summary>
    public ImmutableSortedDictionary<int, Failure> FailedShards { get; init; } = ImmutableSortedDictionary<int, Failure>.Empty;

    /// <summary>Why it failed as a whole.</summary>
    public Failure? Failure { get; init; }

    /// <summary>The longest prefix demanded, in shards.</summary>
    public int DemandedShards() => Plan is null || Demands.IsEmpty
        ? 0
        : Evaluation.ShardPlan.ShardsFor(Demands.Max(demand => demand.Prompts), Plan.Settings.ShardSize);

    /// <summary>Demanded shards that are not settled, in order; none where it failed as a whole.</summary>
    public ImmutableArray<int> OpenShards() => Failure is not null
        ? []
        : [.. Enumerable.Range(0, DemandedShards()).Where(shard => !Merged.Contains(shard) && !FailedShards.ContainsKey(shard))];

    /// <summary>
    /// Adds a demand, or widens the one that the same step of the same run has. A new demand reopens exactly what failed before it.
    /// </summary>
    public CheckpointState With(Demand demand)
    {
        var same = Demands.FirstOrDefault(other => other.Run == demand.Run && other.Step == demand.Step);
        if (same is not null && same.Prompts >= demand.Prompts) return this;
        if (same is not null) return this with { Demands = Demands.Replace(same, demand) };
        return this with
        {
            Demands = Demands.Add(demand),
            Failure = null,
            FailedShards = ImmutableSortedDictionary<int, Failure>.Empty,
        };
    }
}
