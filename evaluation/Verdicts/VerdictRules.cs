using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The verdict on a finished comparison, by count over the whole suite: the first line of the table that matches wins. What is missing is
/// taken against whatever is claimed, so a lost score never makes a Pass easier, nor a Block.
/// </summary>
public static class VerdictRules
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
            .Select(measure => JudgedMeasure.Of(measure, checkpoint, policy, measure.Measure.AsDimension() is { } dimension && blind.Contains(dimension)))
            .ToImmutableArray();
        var notJudged = judged.Where(one => one.Standing is MeasureStanding.NotJudged or MeasureStanding.Blind).Select(one => one.Comparison.Measure).ToImmutableArray();
        var draft = failure is null ? First(judged, policy, notJudged) : Failed(failure);
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

    private static Draft First(ImmutableArray<JudgedMeasure> judged, Policy policy, ImmutableArray<Measure> notJudged) =>
        MissingTooMuch(judged, policy) ?? Judged(judged, policy, notJudged).With(VerdictText.Blind(judged));

    private static Draft Judged(ImmutableArray<JudgedMeasure> judged, Policy policy, ImmutableArray<Measure> notJudged) =>
        TooFewPrompts(judged, policy)
        ?? Blind(judged, policy)
        ?? Blocked(judged)
        ?? Undecided(judged)
        ?? Passed(judged, policy, notJudged);

    private static Draft Failed(Failure failure) => new(
        VerdictOutcome.Inconclusive,
        $"Inconclusive: {failure.Reason}",
        [failure.Reason],
        failure.Kind is FailureKind.Generation or FailureKind.Scoring ? InconclusiveCause.Errors : InconclusiveCause.Canary,
        "mend the cause, then 'rail run retry'");

    private static Draft? MissingTooMuch(ImmutableArray<JudgedMeasure> judged, Policy policy)
    {
        var over = judged.Where(one => one.IsGated && one.Comparison.Declared > 0 && OverLimit(one.Comparison, policy)).ToList();
        if (over.Count == 0) return null;
        var reasons = over.ConvertAll(one => VerdictText.Missing(one, policy));
        var worst = over.MaxBy(one => one.Comparison.Missing.Any)!.Comparison;
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: too many scores are missing ({worst.Missing.Any} of {worst.Declared} on {worst.Measure.Key()})",
            [.. reasons],
            InconclusiveCause.Errors,
            "mend what failed, then 'rail run retry' (or evaluate again): only what is missing is done again");
    }

    private static bool OverLimit(MeasureComparison measure, Policy policy)
    {
        var missing = measure.Missing;
        return missing.Both > (decimal)policy.ErrorLimit * measure.Declared
            || Math.Abs(missing.Baseline - missing.Checkpoint) > (decimal)policy.MissingDifferenceLimit * measure.Declared;
    }

    private static Draft? TooFewPrompts(ImmutableArray<JudgedMeasure> judged, Policy policy)
    {
        var missing = judged.Where(one => one.Comparison.Declared == 0 && policy.Required.Contains(one.Comparison.Measure)).ToList();
        var nothing = judged.All(one => !one.IsGated || one.Comparison.Declared == 0);
        if (missing.Count == 0 && !nothing) return null;
        var named = nothing ? "any gated measure" : string.Join(", ", missing.Select(one => one.Comparison.Measure.Key()));
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: the suite has no prompts for {named}",
            [$"the suite has no prompts for {named}, which the policy requires"],
            InconclusiveCause.TooFewPrompts,
            $"add prompts that exercise {named}");
    }

    private static Draft? Blind(ImmutableArray<JudgedMeasure> judged, Policy policy)
    {
        var blind = judged.Where(one => one.Standing == MeasureStanding.Blind).ToList();
        var required = blind.Where(one => policy.Required.Contains(one.Comparison.Measure)).ToList();
        var nothing = judged.All(one => one.Standing is MeasureStanding.NotJudged or MeasureStanding.Blind or MeasureStanding.Shown);
        if (required.Count == 0 && !nothing) return null;
        var named = string.Join(", ", (nothing ? blind : required).Select(one => one.Comparison.Measure.Key()));
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: the scorer is blind to {named}",
            [],
            InconclusiveCause.Blind,
            $"score with one that tells good answers from bad ones on {named}, or gate what this one can judge");
    }

    private static Draft? Blocked(ImmutableArray<JudgedMeasure> judged)
    {
        var blocking = judged.Where(one => one.Standing == MeasureStanding.Block).OrderByDescending(one => one.Severity).ToList();
        return blocking.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Block,
                $"Block: {string.Join(", ", blocking.Take(3).Select(VerdictText.Short))}{VerdictText.More(blocking.Count - 3)}",
                [.. blocking.Select(VerdictText.Reason)]);
    }

    private static Draft? Undecided(ImmutableArray<JudgedMeasure> judged)
    {
        var open = judged.Where(one => one.Standing == MeasureStanding.Undecided).ToList();
        return open.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: missing scores could tip {string.Join(", ", open.Select(one => one.Comparison.Measure.Key()))}",
                [.. open.Select(VerdictText.Undecided)],
                InconclusiveCause.Errors,
                "get the missing scores: 'rail run retry' does only what is missing");
    }

    private static Draft Passed(ImmutableArray<JudgedMeasure> judged, Policy policy, ImmutableArray<Measure> notJudged)
    {
        var passing = judged.Where(one => one.Standing == MeasureStanding.Pass).OrderByDescending(one => one.Severity).ToList();
        var close = passing.Where(one => policy.WarnAt < 1 && one.UsesMoreThan(policy.WarnAt)).ToList();
        var suspected = judged.Where(one => one.IsSuspected).OrderByDescending(one => one.Severity).ToList();
        var coverage = VerdictText.Coverage(passing.ConvertAll(one => one.Comparison.Measure), notJudged);
        if (close.Count == 0 && suspected.Count == 0) return new Draft(VerdictOutcome.Pass, $"Pass{coverage}", [.. passing.Take(2).Select(VerdictText.Within)]);
        var but = close.Count > 0
            ? $"close on {string.Join(", ", close.Select(VerdictText.Short))}"
            : $"{string.Join(", ", suspected.Take(3).Select(VerdictText.Short))}{VerdictText.More(suspected.Count - 3)}, which the scorer cannot judge";
        return new Draft(
            VerdictOutcome.Warn,
            $"Warn: within tolerance{coverage}, but {but}",
            [.. passing.Take(Math.Max(close.Count, 2)).Select(VerdictText.Within)]);
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
