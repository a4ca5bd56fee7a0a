namespace RailCluster.Contracts;

/// <summary>A prompt with what both sides said to it.</summary>
/// <param name="PromptId">The prompt.</param>
/// <param name="Asked">What was asked, in words.</param>
/// <param name="Baseline">The baseline's answer; null where it has none.</param>
/// <param name="Checkpoint">The checkpoint's answer; null where it has none.</param>
[GenerateSerializer, Alias("rail.PromptEvidence")]
public sealed record PromptEvidence(string PromptId, string Asked, string? Baseline, string? Checkpoint)
{
    /// <summary>Why both answers have their scores; null where nobody asked, or it is not known yet.</summary>
    [Id(0)]
    public PromptExplanation? Explanation { get; init; }
}
