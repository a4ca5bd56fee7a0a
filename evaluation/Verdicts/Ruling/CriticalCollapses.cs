using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A critical prompt that seems to have fallen from good (7 and more) to critical (below 3).</summary>
public readonly record struct CriticalCollapse(string PromptId, Dimension Dimension);

/// <summary>Collapses of critical prompts, and what fresh scorings said of them.</summary>
public static class CriticalCollapses
{
    /// <summary>
    /// The collapses that a Block or a Pass has to wait for: on dimensions that are gated and can be judged, where another scoring could say otherwise
    /// and none was tried. Whoever wants to try again what could not be confirmed leaves those confirmations out. An anchor's comparison is asked by itself.
    /// </summary>
    /// <param name="comparison">Checkpoint against baseline, or against the anchor.</param>
    /// <param name="policy">What is gated.</param>
    /// <param name="blind">Dimensions that the scorer cannot judge; null for none.</param>
    public static ImmutableArray<CriticalCollapse> ToConfirm(Comparison comparison, Policy policy, IReadOnlyCollection<Dimension>? blind = null) => comparison.Repeatable
        ? []
        : [.. comparison.Measures
            .Where(measure => policy.Gated.Contains(measure.Measure))
            .SelectMany(measure => measure.Collapsed.Select(pair => new CriticalCollapse(pair.PromptId, measure.Measure.AsDimension()!.Value)))
            .Where(collapse => blind?.Contains(collapse.Dimension) != true && Find(comparison, collapse) is null)];

    /// <summary>
    /// Whether a collapse stands: where fresh scorings decide, by their medians; else where another scoring would give the same. Null where nobody can say.
    /// </summary>
    internal static bool? IsConfirmed(Comparison comparison, Measure measure, string id)
    {
        var fresh = Find(comparison, new CriticalCollapse(id, measure.AsDimension()!.Value));
        if (fresh is { Unknown: null } && Median(fresh.Baseline) is { } before && Median(fresh.Checkpoint) is { } after) return ScoreBands.HasCollapsed(before, after);
        return comparison.Repeatable ? true : null;
    }

    /// <summary>Why a collapse that was scored afresh is neither confirmed nor refuted; null where nobody tried.</summary>
    internal static string? WhyUnknown(Comparison comparison, Measure measure, string id) =>
        Find(comparison, new CriticalCollapse(id, measure.AsDimension()!.Value)) is { } tried
            ? tried.Unknown ?? $"{CollapseConfirmation.Scorings} fresh scores of each answer are needed"
            : null;

    /// <summary>The middle of an answer's fresh scores, in thousandths; null where they are too few.</summary>
    internal static int? Median(ImmutableArray<int> scores) => scores.Length < CollapseConfirmation.Scorings ? null : scores.Sort()[scores.Length / 2];

    internal static CollapseConfirmation? Find(Comparison comparison, CriticalCollapse collapse) => comparison.Confirmations.FirstOrDefault(one =>
        one.Dimension == collapse.Dimension && string.Equals(one.PromptId, collapse.PromptId, StringComparison.Ordinal));
}
