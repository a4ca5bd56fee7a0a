using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>Why an answer has its score on one dimension. It explains a score that is kept elsewhere and never replaces it.</summary>
/// <param name="Text">In words; null where the scorer gives none.</param>
/// <param name="Issues">Tags of what was found, sorted.</param>
/// <param name="Suggestions">What would make the answer better, in words.</param>
[GenerateSerializer, Alias("rail.Explanation")]
public sealed record Explanation(string? Text, ImmutableArray<string> Issues, ImmutableArray<string> Suggestions);

/// <summary>What a scorer says in deep mode about one answer.</summary>
/// <param name="Scorer">Who says it; null where nobody could.</param>
/// <param name="Dimensions">By dimension, those that have an explanation.</param>
/// <param name="Failure">Why something is not explained; null where nothing failed.</param>
[GenerateSerializer, Alias("rail.AnswerExplanation")]
public sealed record AnswerExplanation(ScorerIdentity? Scorer, ImmutableSortedDictionary<Dimension, Explanation> Dimensions, string? Failure);

/// <summary>Both answers to one prompt, explained.</summary>
/// <param name="PromptId">The prompt.</param>
/// <param name="Baseline">Of the baseline's answer; null where it has none.</param>
/// <param name="Checkpoint">Of the checkpoint's answer; null where it has none.</param>
[GenerateSerializer, Alias("rail.PromptExplanation")]
public sealed record PromptExplanation(string PromptId, AnswerExplanation? Baseline, AnswerExplanation? Checkpoint);

/// <summary>The sealed explanations of the worst prompts of a comparison.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Prompts">Worst first.</param>
[GenerateSerializer, Alias("rail.ExplanationSet")]
public sealed record ExplanationSet(int Version, ImmutableArray<PromptExplanation> Prompts)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
