using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What makes two suites the same: their seed and their prompts, in file order. Name, licence, source and rationales do not.</summary>
public static class SuiteIdentity
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Hash(SuiteHeader header, ImmutableArray<SuitePrompt> prompts) =>
        CanonicalHash.Of(new Content(header.Seed, [.. prompts.Select(prompt => prompt with { Rationale = null })]));

    /// <summary>A suite with its hash.</summary>
    public static Suite Create(SuiteHeader header, ImmutableArray<SuitePrompt> prompts) => new(Hash(header, prompts), header, prompts);

    private sealed record Content(long Seed, ImmutableArray<SuitePrompt> Prompts);
}
