using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>Makes one outcome of several votes: the median counts, and votes that lie apart lower the confidence.</summary>
internal static class JudgePool
{
    // Votes that lie this many points apart say nothing.
    private const double Disagreement = 5;

    /// <summary>One outcome for every dimension. Where fewer than half of the votes and one gave a verdict, none is a score.</summary>
    public static ImmutableSortedDictionary<Dimension, ScoreOutcome> Of(ImmutableArray<Dimension> dimensions, IReadOnlyList<JudgeVote> votes)
    {
        JudgeVerdict[] verdicts = [.. votes.Select(vote => vote.Verdict).OfType<JudgeVerdict>()];
        ScoreOutcome? instead = verdicts.Length * 2 > votes.Count ? null : Instead(votes, verdicts.Length);
        return dimensions.ToImmutableSortedDictionary(
            dimension => dimension, dimension => instead ?? Pooled([.. verdicts.Select(verdict => verdict.Findings[dimension])]));
    }

    // A filter's word is a result; and of failures, one for good is told before one that may pass.
    private static ScoreOutcome Instead(IReadOnlyList<JudgeVote> votes, int verdicts)
    {
        ScoreOutcome first = votes.Select(vote => vote.Instead).OfType<ScoreOutcome>()
            .OrderBy(outcome => outcome switch { ScoreOutcome.Unscorable => 0, ScoreOutcome.Failed { Retryable: false } => 1, _ => 2 }).First();
        return first is ScoreOutcome.Failed failed && votes.Count > 1
            ? failed with { Error = $"{verdicts} of {votes.Count} votes gave a verdict: {failed.Error}" }
            : first;
    }

    private static ScoreOutcome Pooled(JudgeFinding[] findings)
    {
        JudgeFinding[] scored = [.. findings.Where(finding => finding.Score is not null).OrderBy(finding => finding.Score)];
        return scored.Length * 2 < findings.Length ? None(findings) : Median(scored);
    }

    private static ScoreOutcome.NotApplicable None(JudgeFinding[] findings) =>
        new(findings.First(finding => finding.Score is null).Explanation is { Length: > 0 } why ? why : "the judge finds that it does not apply");

    private static ScoreOutcome.Scored Median(JudgeFinding[] scored)
    {
        double median = Median([.. scored.Select(finding => finding.Score!.Value)]);
        double spread = scored[^1].Score!.Value - scored[0].Score!.Value;
        double stated = Median([.. scored.Select(finding => finding.Confidence).Order()]);
        // Reasons come from one verdict, so that they fit together.
        JudgeFinding spokesman = scored.MinBy(finding => Math.Abs(finding.Score!.Value - median))!;
        return ScoreOutcome.Scored.Of(median, Math.Min(stated, Math.Max(0, 1 - (spread / Disagreement)))) with
        {
            Explanation = spokesman.Explanation is { Length: > 0 } explanation ? explanation : null,
            Issues = spokesman.Issues,
            Suggestions = spokesman.Suggestions,
        };
    }

    private static double Median(double[] sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
