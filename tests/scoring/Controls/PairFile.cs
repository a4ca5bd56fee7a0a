using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>The pairs of this folder's files.</summary>
internal sealed record PairFile(int Version, ImmutableArray<ControlPair> Pairs)
{
    /// <summary>What rules and classifier were made with.</summary>
    public static ImmutableArray<ControlPair> Development { get; } = Read("development-pairs.json", "development-pairs-a.json", "development-pairs-b.json");

    /// <summary>What no rule was written to, though counts were looked at.</summary>
    public static ImmutableArray<ControlPair> Validation { get; } = Read("validation-pairs-a.json", "validation-pairs-b.json");

    private static ImmutableArray<ControlPair> Read(params string[] names) =>
    [
        .. names.SelectMany(name => JsonSerializer.Deserialize<PairFile>(File.ReadAllText(Checkout.At("tests", "scoring", "Controls", name)), RailJson.Options)!.Pairs),
    ];
}
