using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>One proof that a model is asked as it was trained to be.</summary>
/// <param name="Name">Such as <c>tokenizer-round-trip</c>.</param>
/// <param name="Passed">Whether it held.</param>
/// <param name="Detail">What was seen, in words.</param>
[GenerateSerializer, Alias("rail.Canary")]
public sealed record Canary(string Name, bool Passed, string Detail);

/// <summary>The canaries of one loaded model. A model with a failed canary is not scored.</summary>
[GenerateSerializer, Alias("rail.CanaryReport")]
public sealed record CanaryReport(ImmutableArray<Canary> Canaries)
{
    /// <summary>Whether every canary held.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Passed => Canaries.All(canary => canary.Passed);

    /// <summary>The failed ones in one line; empty where all held.</summary>
    public string Failures() => string.Join("; ", Canaries.Where(c => !c.Passed).Select(c => $"{c.Name}: {c.Detail}"));
}
