using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Evidence that a measure lost more than is tolerated within a category: the process over just its prompts, as over a suite of their own.</summary>
public static class CategoryEvidence
{
    /// <summary>
    /// The evidence by category as it is at the end of the prefix, not at its largest: only so it goes through <see cref="EBenjaminiHochberg"/>.
    /// Infinite where the category is above the tolerance whatever the rest of its prompts do.
    /// </summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="suite">The suite that both were asked, in order.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id; what is missing is taken as good for the checkpoint as it can be.</param>
    /// <param name="facts">The policy and the prefix.</param>
    /// <returns>One for every category that has prompts of the measure.</returns>
    public static ImmutableSortedDictionary<string, double> Of(
        Measure measure,
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts facts)
    {
        var (scale, tolerance) = (MeasureScale.Of(measure), facts.Policy.Tolerance(measure));
        var processes = suite.Order.Where(prompt => prompt.Declares(measure))
            .CountBy(prompt => prompt.Category, StringComparer.Ordinal)
            .ToDictionary(category => category.Key, category => scale.Block(tolerance, category.Value), StringComparer.Ordinal);
        foreach (var prompt in suite.Order.Take(facts.Resolved ?? suite.Order.Length).Where(prompt => prompt.Declares(measure)))
        {
            var pair = ScorePair.Of(measure, prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id));
            processes[prompt.Category].Take(pair.LowestDrop - scale.Lowest, isBetOn: !prompt.IsCritical);
        }

        return processes.ToImmutableSortedDictionary(process => process.Key, process => process.Value.Current.Value, StringComparer.Ordinal);
    }
}
