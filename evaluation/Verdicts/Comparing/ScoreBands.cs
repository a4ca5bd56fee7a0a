using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The three bands of scores, and who went from one to another.</summary>
internal static class ScoreBands
{
    private const int Good = 7_000;
    private const int Fair = 3_000;

    public static ScoreBand Of(int thousandths) => thousandths >= Good ? ScoreBand.Good : thousandths >= Fair ? ScoreBand.Fair : ScoreBand.Critical;

    /// <summary>Whether a score fell from good to critical.</summary>
    public static bool HasCollapsed(int before, int after) => (Of(before), Of(after)) == (ScoreBand.Good, ScoreBand.Critical);

    /// <summary>Prompts that changed their band, from the worst fall to the best rise; none for a rate.</summary>
    public static ImmutableArray<BandFlip> Flips(Measure measure, IEnumerable<ScorePair> both) => measure.AsDimension() is null
        ? []
        : [.. both
            .CountBy(pair => (From: Of(pair.Baseline!.Value), To: Of(pair.Checkpoint!.Value)))
            .Where(flip => flip.Key.From != flip.Key.To)
            .OrderBy(flip => flip.Key.To - flip.Key.From).ThenBy(flip => flip.Key.From)
            .Select(flip => new BandFlip(flip.Key.From, flip.Key.To, flip.Value))];

    /// <summary>How many fell from good to critical; null for a rate, or where there is no pair.</summary>
    public static ShareOf? Collapses(Measure measure, IReadOnlyCollection<ScorePair> both) =>
        measure.AsDimension() is null || both.Count == 0 ? null : ClopperPearson.Of(both.Count(pair => pair.Collapsed), both.Count);
}
