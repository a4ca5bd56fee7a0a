using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>The outcomes of one piece of an answer.</summary>
/// <param name="Scores">One for every dimension asked for.</param>
/// <param name="ResolvedMode">What <see cref="ScoringMode.Auto"/> became; else null.</param>
internal sealed record RailApiPiece(ImmutableSortedDictionary<Dimension, ScoreOutcome> Scores, ScoringMode? ResolvedMode);

/// <summary>Puts the pieces of a long answer together.</summary>
internal static class RailApiPieces
{
    private const int MostIssues = 20;

    /// <summary>One piece for all: what failed or could not be scored anywhere did so on the whole; else the worst score counts, with the lowest confidence.</summary>
    public static RailApiPiece Whole(IReadOnlyList<RailApiPiece> pieces) => pieces.Count == 1 ? pieces[0] : new RailApiPiece(
        pieces[0].Scores.Keys.ToImmutableSortedDictionary(dimension => dimension, dimension => Worst([.. pieces.Select(piece => piece.Scores[dimension])])),
        pieces.Any(piece => piece.ResolvedMode == ScoringMode.Deep) ? ScoringMode.Deep : pieces[0].ResolvedMode);

    private static ScoreOutcome Worst(ImmutableArray<ScoreOutcome> outcomes)
    {
        if (outcomes.FirstOrDefault(outcome => outcome is ScoreOutcome.Failed) is { } failed)
            return failed;
        if (outcomes.FirstOrDefault(outcome => outcome is ScoreOutcome.Unscorable) is { } unscorable)
            return unscorable;
        ImmutableArray<ScoreOutcome.Scored> scored = [.. outcomes.OfType<ScoreOutcome.Scored>()];
        if (scored.IsEmpty)
            return outcomes[0];
        ScoreOutcome.Scored worst = scored.MinBy(score => score.Thousandths)!;
        string where = string.Create(CultureInfo.InvariantCulture, $"part {outcomes.IndexOf(worst) + 1} of {outcomes.Length} is the worst");
        return worst with
        {
            Confidence = scored.Min(score => score.Confidence),
            Explanation = worst.Explanation is { } why ? $"{where}: {why}" : where,
            Issues = [.. scored.SelectMany(score => score.Issues).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostIssues)],
        };
    }
}
