using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Evidence that a measure lost more than is tolerated within a category: the process over just its prompts, as over a suite of their own.</summary>
internal static class CategoryEvidence
{
    /// <summary>
    /// The evidence by category as it is at the end of the prefix, not at its largest: only so it goes through <see cref="EBenjaminiHochberg"/>.
    /// Infinite where the category is above the tolerance whatever the rest of its prompts do.
    /// </summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="tolerance">What may be lost, in points or as a share.</param>
    /// <param name="prompts">Prompts that the suite declares for the measure, by category.</param>
    /// <param name="pairs">What was read, in order; what is missing is taken as good for the checkpoint as it can be.</param>
    /// <returns>One for every category that has prompts of the measure.</returns>
    public static ImmutableSortedDictionary<string, double> Of(
        Measure measure, double tolerance, IReadOnlyDictionary<string, int> prompts, IEnumerable<ScorePair> pairs)
    {
        var scale = MeasureScale.Of(measure);
        var processes = prompts.ToDictionary(category => category.Key, category => scale.Block(tolerance, category.Value), StringComparer.Ordinal);
        foreach (var pair in pairs) processes[pair.Category].Take(pair.LowestDrop - scale.Lowest, isBetOn: !pair.IsCritical);
        return processes.ToImmutableSortedDictionary(process => process.Key, process => process.Value.Current.Value, StringComparer.Ordinal);
    }
}
