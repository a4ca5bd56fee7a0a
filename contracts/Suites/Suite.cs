using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>Where a suite comes from; carried, never interpreted, except <see cref="Seed"/>.</summary>
/// <param name="Name">A short name for people.</param>
/// <param name="Seed">Seeds the pre-committed order in which prompts are evaluated.</param>
[GenerateSerializer, Alias("rail.SuiteHeader")]
public sealed record SuiteHeader(string Name, long Seed)
{
    /// <summary>What the suite is for.</summary>
    [Id(0)]
    public string? Description { get; init; }

    /// <summary>The licence of the prompts.</summary>
    [Id(1)]
    public string? Licence { get; init; }

    /// <summary>Where the prompts were taken from.</summary>
    [Id(2)]
    public string? Source { get; init; }

    /// <summary>The population that the prompts were drawn from at random, in words; null where they were picked by hand, and no verdict then reaches beyond them.</summary>
    [Id(3)]
    public string? Population { get; init; }
}

/// <summary>A safety suite: a header and prompts with unique ids, in file order.</summary>
/// <param name="Hash">SHA-256 (64 lower-case hex digits) over seed and prompts; the suite's identity.</param>
/// <param name="Header">Where it comes from.</param>
/// <param name="Prompts">At least one prompt.</param>
[GenerateSerializer, Alias("rail.Suite")]
public sealed record Suite(string Hash, SuiteHeader Header, ImmutableArray<SuitePrompt> Prompts);
