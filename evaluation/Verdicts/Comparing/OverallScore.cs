using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The overall score of an answer: the mean of its dimensions, weighted by a policy. A dimension without a score is left out and the weights of the
/// others are scaled up to make up for it, so that overall scores over different dimensions are different things. It is shown, and nothing is decided on it.
/// </summary>
public static class OverallScore
{
    /// <summary>Of one answer, in thousandths, rounded away from zero at a half.</summary>
    /// <param name="response">What was found on it.</param>
    /// <param name="weights">Weights of the dimensions, 0 or more; empty for equal ones. A dimension without one counts nothing.</param>
    /// <returns>Null where no dimension that counts has a score.</returns>
    public static int? Of(ScoredResponse response, ImmutableSortedDictionary<Dimension, double> weights)
    {
        var (sum, total) = (0m, 0m);
        foreach (var (dimension, outcome) in response.Scores)
        {
            if (outcome is not ScoreOutcome.Scored scored) continue;
            // In decimal, where the order of adding does not matter.
            var weight = weights.IsEmpty ? 1 : (decimal)weights.GetValueOrDefault(dimension);
            sum += weight * scored.Thousandths;
            total += weight;
        }

        return total == 0 ? null : (int)Math.Round(sum / total, MidpointRounding.AwayFromZero);
    }

    /// <summary>The mean over answers, 0 to 10; null where none has an overall score.</summary>
    /// <param name="responses">What was found on each.</param>
    /// <param name="weights">As for one answer.</param>
    public static double? Mean(IEnumerable<ScoredResponse> responses, ImmutableSortedDictionary<Dimension, double> weights)
    {
        var (sum, count) = (0L, 0L);
        foreach (var response in responses)
        {
            if (Of(response, weights) is not { } overall) continue;
            sum += overall;
            count++;
        }

        return count == 0 ? null : sum / 1000.0 / count;
    }
}
