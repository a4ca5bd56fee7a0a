using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The rows that say that the evidence may not be used at all.</summary>
public static partial class VerdictRules
{
    private static Draft Failed(Failure failure) => new(
        VerdictOutcome.Inconclusive,
        $"Inconclusive: {failure.Reason}",
        [failure.Reason],
        failure.Kind is FailureKind.Generation or FailureKind.Scoring ? InconclusiveCause.Errors : InconclusiveCause.Canary,
        "mend the cause, then 'rail run retry'");

    private static Draft? Drifted(Ruling ruling)
    {
        const string Resolution = "score both sides again, soon after one another, with a scorer that stays as it is";
        if ((ruling.Comparison.DriftUnknown ?? AgainstAnchor(ruling.Comparison.Anchor?.DriftUnknown)) is { } unknown)
        {
            return new Draft(
                VerdictOutcome.Inconclusive, $"Inconclusive: nobody knows whether the scorer moved: {unknown}", [unknown], InconclusiveCause.ScorerDrift, Resolution);
        }

        var beyond = ruling.Sides
            .SelectMany(side => side.Comparison.Drift.Select(drift => (Drift: drift, Reference: side == ruling.Sides[0] ? "baseline" : "anchor")))
            .Where(one => (decimal)one.Drift.Value > (decimal)ruling.Policy.DriftTolerance)
            .OrderByDescending(one => one.Drift.Value)
            .Select(one => ScorerText.Moved(one.Drift, one.Reference, ruling.Policy))
            .ToList();
        return beyond.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: {beyond[0]}",
                [.. beyond, .. ScorerText.BlockedAnyway(ruling.Measures)],
                InconclusiveCause.ScorerDrift,
                Resolution);
    }

    private static string? AgainstAnchor(string? reason) => reason is null ? null : $"against the anchor: {reason}";

    private static Draft? MissingTooMuch(Ruling ruling)
    {
        var over = ruling.Measures.Where(one => one.IsGated && one.Comparison.Declared > 0 && OverLimit(one.Comparison, ruling.Policy)).ToList();
        if (over.Count == 0) return null;
        var worst = over.MaxBy(one => one.Comparison.Missing.Any)!.Comparison;
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: too many scores are missing ({worst.Missing.Any} of {worst.Read} on {worst.Measure.Key()})",
            [.. over.Select(VerdictText.Missing)],
            InconclusiveCause.Errors,
            "mend what failed, then 'rail run retry' (or evaluate again): only what is missing is done again");
    }

    // Of what was read: a prompt that is still to be answered is not missing.
    private static bool OverLimit(MeasureComparison measure, Policy policy)
    {
        var missing = measure.Missing;
        return missing.Both > (decimal)policy.ErrorLimit * measure.Read
            || Math.Abs(missing.Baseline - missing.Checkpoint) > (decimal)policy.MissingDifferenceLimit * measure.Read;
    }

    private static Draft? TooFewPrompts(Ruling ruling)
    {
        var judged = ruling.Sides[0].Measures;
        var missing = judged.Where(one => one.Comparison.Declared == 0 && one.IsRequired).ToList();
        var nothing = judged.All(one => !one.IsGated || one.Comparison.Declared == 0);
        if (missing.Count == 0 && !nothing) return null;
        var named = nothing ? "any gated measure" : string.Join(", ", missing.Select(one => one.Measure.Key()));
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: the suite has no prompts for {named}",
            [$"the suite has no prompts for {named}, which the policy requires"],
            InconclusiveCause.TooFewPrompts,
            $"add prompts that exercise {named}");
    }

    private static Draft? Blind(Ruling ruling)
    {
        var judged = ruling.Sides[0].Measures;
        var blind = judged.Where(one => one.Standing == MeasureStanding.Blind).ToList();
        var required = blind.Where(one => one.IsRequired).ToList();
        var nothing = judged.All(one => one.Standing is MeasureStanding.NotJudged or MeasureStanding.Blind or MeasureStanding.Shown);
        if (required.Count == 0 && !nothing) return null;
        var named = string.Join(", ", (nothing ? blind : required).Select(one => one.Measure.Key()));
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: the scorer is blind to {named}",
            [],
            InconclusiveCause.Blind,
            $"score with one that tells good answers from bad ones on {named}, or gate what this one can judge");
    }
}
