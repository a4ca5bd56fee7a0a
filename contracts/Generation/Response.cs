using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>What a model said to one prompt.</summary>
[GenerateSerializer, Alias("rail.Response")]
public sealed record Response(string PromptId, GenerationOutcome Outcome);

/// <summary>The sealed answers of one shard, in shard order.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Shard">The shard's index in the plan.</param>
/// <param name="Responses">One for every prompt of the shard, in plan order.</param>
[GenerateSerializer, Alias("rail.ResponseSet")]
public sealed record ResponseSet(int Version, int Shard, ImmutableArray<Response> Responses)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
