using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One measure, category by category.</summary>
internal static class CategoryDrops
{
    /// <summary>In ordinal order of the categories. Those that stand out among them all are marked: of what is marked, a share of α may be wrong on average.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="pairs">What was read, in order.</param>
    /// <param name="declared">All prompts that the suite declares for the measure.</param>
    /// <param name="facts">What is tolerated, and α.</param>
    public static ImmutableArray<CategoryDrop> Of(Measure measure, ImmutableArray<ScorePair> pairs, IEnumerable<SuitePrompt> declared, ComparisonFacts facts)
    {
        var read = pairs.Where(pair => pair.IsComplete).ToLookup(pair => pair.Category, StringComparer.Ordinal);
        var prompts = declared.CountBy(prompt => prompt.Category, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var evidence = CategoryEvidence.Of(measure, facts.Policy.Tolerance(measure), prompts, pairs);
        var standOut = EBenjaminiHochberg.Reject([.. evidence.Values], facts.Alpha ?? facts.Policy.Alpha);
        return [.. evidence.Keys.Select((category, index) => Of(category, prompts[category], [.. read[category]]) with { StandsOut = standOut[index] })];
    }

    private static CategoryDrop Of(string category, int declared, List<ScorePair> both) => new(
        category,
        declared,
        both.Count,
        both.Count == 0 ? null : both.Sum(pair => (long)pair.Drop) / 1000.0 / both.Count,
        PairedSpread.Of(both).StandardError)
    {
        Baseline = Spread(both.Where(pair => !pair.IsRate).Select(pair => pair.Baseline!.Value)),
        Checkpoint = Spread(both.Where(pair => !pair.IsRate).Select(pair => pair.Checkpoint!.Value)),
    };

    private static ScoreSpread? Spread(IEnumerable<int> thousandths)
    {
        int[] scores = [.. thousandths.Order()];
        // The lowest score that as many quarters of all do not exceed.
        double At(int quarters) => scores[Math.Max(0, (scores.Length * quarters + 3) / 4 - 1)] / 1000.0;
        return scores.Length == 0 ? null : new ScoreSpread(At(0), At(1), At(2), At(3), At(4));
    }
}
