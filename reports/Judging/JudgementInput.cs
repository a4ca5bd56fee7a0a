using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>All that a verdict on stored evaluations is drawn from: whoever has it draws the same verdict.</summary>
/// <param name="Baseline">The baseline; the whole suite.</param>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Policy">What is tolerated.</param>
public sealed record JudgementInput(StoredEvaluation Baseline, StoredEvaluation Checkpoint, Policy Policy)
{
    /// <summary>The root model that the checkpoint is compared with as well, so that small losses cannot add up; null for none.</summary>
    public StoredEvaluation? Anchor { get; init; }

    /// <summary>What else enters.</summary>
    public JudgementFacts Facts { get; init; } = new();

    /// <summary>The baseline, the checkpoint, and the anchor where there is one.</summary>
    public IEnumerable<StoredEvaluation> Sides => Anchor is { } anchor ? [Baseline, Checkpoint, anchor] : [Baseline, Checkpoint];
}

/// <summary>What enters a verdict beside scores and policy.</summary>
public sealed record JudgementFacts
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Whether a gate decides: only the whole suite passes, and unequal evaluations decide nothing.</summary>
    public bool IsGate { get; init; }

    /// <summary>Whether evaluations that differ in suite, settings or scorer are compared on the prompts that they share.</summary>
    public bool AllowMismatch { get; init; }

    /// <summary>The trainer's own figures on both sides.</summary>
    public ImmutableArray<TaskChange> Tasks { get; init; } = [];

    /// <summary>What a search for the suite's prompts in the training data found; null where nobody searched.</summary>
    public SuiteOverlap? Overlap { get; init; }

    /// <summary>What fresh scorings said of critical prompts that seemed to collapse.</summary>
    public ImmutableArray<CollapseConfirmation> Confirmations { get; init; } = [];

    /// <summary>The same of the anchor.</summary>
    public ImmutableArray<CollapseConfirmation> AnchorConfirmations { get; init; } = [];

    /// <summary>Why answers have their scores; shown, and no verdict rests on it.</summary>
    public ImmutableArray<PromptExplanation> Explanations { get; init; } = [];
}
