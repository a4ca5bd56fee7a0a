using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The verdict on a comparison: the first line of the table that matches wins. What is missing is taken against whatever is claimed, so a lost score
/// never makes a Pass easier, nor a Block. With an anchor, a measure passes where it does against both, and blocks where it does against either.
/// </summary>
public static partial class VerdictRules
{
    /// <summary>Decides.</summary>
    /// <param name="comparison">Checkpoint against baseline, over the whole suite or a prefix of its order.</param>
    /// <param name="checkpoint">The checkpoint's own statistics, for floors; null where it has none, and no floor is then known to hold.</param>
    /// <param name="policy">What is tolerated.</param>
    /// <param name="blind">Dimensions that the scorer cannot judge: they are shown, and no Pass or Block rests on them.</param>
    /// <param name="failure">Why there are no results; null where there are.</param>
    public static Verdict Decide(Comparison comparison, CheckpointSummary? checkpoint, Policy policy, IReadOnlyCollection<Dimension> blind, Failure? failure)
    {
        var sides = JudgedSide.All(comparison, checkpoint, policy, blind);
        var ruling = new Ruling(comparison, sides, policy);
        var draft = failure is null ? First(ruling) : Failed(failure);
        return new Verdict(
            Verdict.CurrentVersion,
            draft.Outcome,
            draft.Headline + UnequalText.Mark(comparison),
            [.. draft.Reasons, .. UnequalText.Reasons(comparison)],
            Standings(sides[0]),
            PolicyFile.Hash(policy))
        {
            Cause = draft.Cause,
            Resolution = draft.Resolution,
            NotJudged = ruling.NotJudged,
            Overlap = OverlapText.Of(comparison),
            Anchor = sides.Length > 1 ? Standings(sides[1]) : [],
            Stopped = draft.Outcome == VerdictOutcome.Inconclusive ? null : Overturn.Of(ruling, draft.Outcome),
        };
    }

    // The rows of the table, in order; row 2 and 3 are one, the collapses first.
    private static Draft First(Ruling ruling)
    {
        var draft = Drifted(ruling)
            ?? MissingTooMuch(ruling)
            ?? TooFewPrompts(ruling)
            ?? Blind(ruling)
            ?? Blocked(ruling)
            ?? Unconfirmed(ruling)
            ?? Undecided(ruling)
            ?? Noisy(ruling)
            ?? Passed(ruling);
        return draft
            .With(CollapseText.Refuted(ruling.Measures))
            .With(VerdictText.Blind(ruling.Measures))
            .With(ScorerText.Sentinels(ruling.Comparison));
    }

    private static ImmutableArray<MeasureVerdict> Standings(JudgedSide side) =>
        [.. side.Measures.Select(one => new MeasureVerdict(one.Measure, one.Standing, one.Tolerance))];

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
