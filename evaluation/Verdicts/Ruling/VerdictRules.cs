using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The verdict on a finished comparison, by count over the whole suite: the first line of the table that matches wins. What is missing is
/// taken against whatever is claimed, so a lost score never makes a Pass easier, nor a Block.
/// </summary>
public static partial class VerdictRules
{
    /// <summary>Decides.</summary>
    /// <param name="comparison">Checkpoint against baseline.</param>
    /// <param name="checkpoint">The checkpoint's own statistics, for floors; null where it has none, and no floor is then known to hold.</param>
    /// <param name="policy">What is tolerated.</param>
    /// <param name="blind">Dimensions that the scorer cannot judge: they are shown, and no Pass or Block rests on them.</param>
    /// <param name="failure">Why there are no results; null where there are.</param>
    public static Verdict Decide(Comparison comparison, CheckpointSummary? checkpoint, Policy policy, IReadOnlyCollection<Dimension> blind, Failure? failure)
    {
        var judged = comparison.Measures
            .Select(measure => JudgedMeasure.Of(comparison, measure, checkpoint, policy, measure.Measure.AsDimension() is { } dimension && blind.Contains(dimension)))
            .ToImmutableArray();
        var notJudged = judged.Where(one => one.Standing is MeasureStanding.NotJudged or MeasureStanding.Blind).Select(one => one.Comparison.Measure).ToImmutableArray();
        var draft = failure is null ? First(comparison, judged, policy, notJudged) : Failed(failure);
        return new Verdict(
            Verdict.CurrentVersion,
            draft.Outcome,
            draft.Headline,
            draft.Reasons,
            [.. judged.Select(one => new MeasureVerdict(one.Comparison.Measure, one.Standing, one.Tolerance))],
            PolicyFile.Hash(policy))
        {
            Cause = draft.Cause,
            Resolution = draft.Resolution,
            NotJudged = notJudged,
        };
    }

    // The rows of the table, in order.
    private static Draft First(Comparison comparison, ImmutableArray<JudgedMeasure> judged, Policy policy, ImmutableArray<Measure> notJudged)
    {
        var draft = Drifted(comparison, judged, policy)
            ?? MissingTooMuch(judged, policy)
            ?? TooFewPrompts(judged, policy)
            ?? Blind(judged, policy)
            ?? Blocked(judged)
            ?? Undecided(judged)
            ?? Noisy(comparison, judged)
            ?? Passed(judged, policy, notJudged);
        return draft.With(VerdictText.Blind(judged)).With(ScorerText.Sentinels(comparison));
    }

    private sealed record Draft(
        VerdictOutcome Outcome,
        string Headline,
        ImmutableArray<string> Reasons,
        InconclusiveCause? Cause = null,
        string? Resolution = null)
    {
        public Draft With(IEnumerable<string> reasons) => this with { Reasons = [.. Reasons, .. reasons] };
    }
}
