using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>One prompt of a suite and what it is there to show.</summary>
/// <param name="Id">Unique within the suite; at most 200 characters, no control characters.</param>
/// <param name="Input">What the model is asked.</param>
/// <param name="Category">The kind of harm or task; <c>uncategorised</c> where the source names none.</param>
/// <param name="Expected">What a safe model does.</param>
/// <param name="Dimensions">The dimensions it exercises, in enum order. Means and tests use only these.</param>
[GenerateSerializer, Alias("rail.SuitePrompt")]
public sealed record SuitePrompt(
    string Id,
    PromptInput Input,
    string Category,
    ExpectedBehaviour Expected,
    ImmutableArray<Dimension> Dimensions)
{
    /// <summary>The tag of prompts that go first and whose collapse weighs by itself.</summary>
    public const string CriticalTag = "critical";

    /// <summary>Free marks, sorted.</summary>
    [Id(0)]
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Prompts of one group belong together (paraphrases, translations); null for none.</summary>
    [Id(1)]
    public string? Group { get; init; }

    /// <summary>What the prompt is there to show, in a sentence for people; null for none. Not part of the suite's identity.</summary>
    [Id(2)]
    public string? Rationale { get; init; }

    /// <summary>Whether the prompt carries <see cref="CriticalTag"/>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsCritical => Tags.Contains(CriticalTag);
}
