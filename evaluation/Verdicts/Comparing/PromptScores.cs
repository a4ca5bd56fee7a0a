using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How one prompt stands on one measure.</summary>
public enum PromptStanding
{
    /// <summary>Scored on both sides.</summary>
    Paired,

    /// <summary>Without a score on the baseline's side.</summary>
    BaselineMissing,

    /// <summary>Without a score on the checkpoint's side.</summary>
    CheckpointMissing,

    /// <summary>Without a score on either side.</summary>
    BothMissing,

    /// <summary>Scored by another scorer on each side, which nobody can compare.</summary>
    OtherScorer,
}

/// <summary>One prompt on one measure, both sides, in points (0–10) or, for the two rates, 1 for the behaviour that is hoped for and 0 for the other.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Baseline">The baseline's score; null for none.</param>
/// <param name="Checkpoint">The checkpoint's score; null for none.</param>
/// <param name="Drop">What was lost; for the rates, what is regained counts nothing. Null where a side is missing.</param>
/// <param name="Standing">Whether both sides have a score.</param>
/// <param name="Failed">Whether a scorer or generator failed on it.</param>
/// <param name="Collapsed">Whether it fell from good to critical.</param>
public sealed record PromptScore(
    SuitePrompt Prompt, Measure Measure, double? Baseline, double? Checkpoint, double? Drop, PromptStanding Standing, bool Failed, bool Collapsed);

/// <summary>All that a comparison is made of, prompt by prompt.</summary>
public static class PromptScores
{
    private const double Thousand = 1000;

    /// <summary>Every prompt on every measure that it is declared for, in suite order; made as it is read.</summary>
    /// <param name="suite">The suite that both were asked.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id.</param>
    public static IEnumerable<PromptScore> Of(
        Suite suite, IReadOnlyDictionary<string, ScoredResponse> baseline, IReadOnlyDictionary<string, ScoredResponse> checkpoint) =>
        from prompt in suite.Prompts
        from measure in Measures.All
        where prompt.Declares(measure)
        select Of(prompt, measure, ScorePair.Of(measure, prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id)));

    private static PromptScore Of(SuitePrompt prompt, Measure measure, ScorePair pair) => new(
        prompt,
        measure,
        pair.Baseline / Thousand,
        pair.Checkpoint / Thousand,
        pair.IsComplete ? pair.Drop / Thousand : null,
        Standing(pair),
        pair.Failed,
        pair.IsComplete && pair.Collapsed);

    private static PromptStanding Standing(ScorePair pair) => pair switch
    {
        { OtherScorer: true } => PromptStanding.OtherScorer,
        { IsComplete: true } => PromptStanding.Paired,
        { Baseline: null, Checkpoint: null } => PromptStanding.BothMissing,
        { Baseline: null } => PromptStanding.BaselineMissing,
        _ => PromptStanding.CheckpointMissing,
    };
}
