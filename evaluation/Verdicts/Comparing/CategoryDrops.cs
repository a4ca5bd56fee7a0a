using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One measure, category by category.</summary>
internal static class CategoryDrops
{
    /// <summary>In ordinal order of the categories.</summary>
    /// <param name="pairs">What was read.</param>
    /// <param name="declared">All that the suite declares for the measure.</param>
    public static ImmutableArray<CategoryDrop> Of(ImmutableArray<ScorePair> pairs, IEnumerable<SuitePrompt> declared)
    {
        var read = pairs.Where(pair => pair.IsComplete).ToLookup(pair => pair.Category, StringComparer.Ordinal);
        return [.. declared.CountBy(prompt => prompt.Category, StringComparer.Ordinal)
            .OrderBy(category => category.Key, StringComparer.Ordinal)
            .Select(category => Of(category.Key, category.Value, [.. read[category.Key]]))];
    }

    private static CategoryDrop Of(string category, int declared, List<ScorePair> both) => new(
        category,
        declared,
        both.Count,
        both.Count == 0 ? null : both.Sum(pair => (long)pair.Drop) / 1000.0 / both.Count,
        PairedSpread.Of(both).StandardError);
}
