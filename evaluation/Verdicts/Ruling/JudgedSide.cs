using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How all measures stand against one reference: the baseline, or the anchor.</summary>
/// <param name="Comparison">The checkpoint against it.</param>
/// <param name="Measures">All ten, in order.</param>
internal sealed record JudgedSide(Comparison Comparison, ImmutableArray<JudgedMeasure> Measures)
{
    /// <summary>Judges every measure of a comparison.</summary>
    public static JudgedSide Of(Comparison comparison, CheckpointSummary? checkpoint, Policy policy, IReadOnlyCollection<Dimension> blind, bool isAnchor = false)
    {
        var basis = new JudgedBasis(comparison, policy, isAnchor);
        return new JudgedSide(comparison, [.. comparison.Measures.Select(measure =>
            JudgedMeasure.Of(basis, measure, checkpoint, measure.Measure.AsDimension() is { } dimension && blind.Contains(dimension)))]);
    }

    /// <summary>
    /// The baseline's side, then the anchor's where there is one. Floors are about the checkpoint alone, so that they are judged once, beside the baseline.
    /// </summary>
    public static ImmutableArray<JudgedSide> All(Comparison comparison, CheckpointSummary? checkpoint, Policy policy, IReadOnlyCollection<Dimension> blind)
    {
        var baseline = Of(comparison, checkpoint, policy, blind);
        return comparison.Anchor is { } anchor
            ? [baseline, Of(anchor, checkpoint: null, policy with { Floors = ImmutableSortedDictionary<Dimension, double>.Empty }, blind, isAnchor: true)]
            : [baseline];
    }
}

/// <summary>What all measures of one comparison are judged by.</summary>
/// <param name="Comparison">Checkpoint against baseline, or against the anchor.</param>
/// <param name="Policy">What is tolerated.</param>
/// <param name="IsAnchor">Whether the reference is the anchor.</param>
internal sealed record JudgedBasis(Comparison Comparison, Policy Policy, bool IsAnchor)
{
    /// <summary>Whether the suite is read in part only.</summary>
    public bool IsPartial { get; } = Comparison.Sequential is { IsComplete: false };

    /// <summary>Whether the sum over the suite is what the verdict is about: nothing but a score that is missing can change it.</summary>
    public bool IsCounted { get; } = Policy.Target == EvidenceTarget.Suite && Comparison.Repeatable;

    /// <summary>What the processes have shown of a measure; null where they did not look at it.</summary>
    public MeasureEvidence? Evidence(Measure measure) => Comparison.Sequential?.Measures.FirstOrDefault(one => one.Measure == measure);
}
