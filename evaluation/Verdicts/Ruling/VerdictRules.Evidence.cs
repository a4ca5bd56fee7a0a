using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The rows that say that the evidence decides nothing.</summary>
public static partial class VerdictRules
{
    private static Draft Failed(Failure failure) => new(
        VerdictOutcome.Inconclusive,
        $"Inconclusive: {failure.Reason}",
        [failure.Reason],
        failure.Kind is FailureKind.Generation or FailureKind.Scoring ? InconclusiveCause.Errors : InconclusiveCause.Canary,
        "mend the cause, then 'rail run retry'");

    private static Draft? Drifted(Comparison comparison, ImmutableArray<JudgedMeasure> judged, Policy policy)
    {
        const string Resolution = "score both sides again, soon after one another, with a scorer that stays as it is";
        if (comparison.DriftUnknown is { } unknown)
        {
            return new Draft(
                VerdictOutcome.Inconclusive, $"Inconclusive: nobody knows whether the scorer moved: {unknown}", [unknown], InconclusiveCause.ScorerDrift, Resolution);
        }

        var beyond = comparison.Drift.Where(pair => (decimal)pair.Value > (decimal)policy.DriftTolerance).OrderByDescending(pair => pair.Value).ToList();
        return beyond.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: {ScorerText.Moved(beyond[0], policy)}",
                [.. beyond.Select(one => ScorerText.Moved(one, policy)), .. ScorerText.BlockedAnyway(judged)],
                InconclusiveCause.ScorerDrift,
                Resolution);
    }

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

    private static Draft? Noisy(Comparison comparison, ImmutableArray<JudgedMeasure> judged)
    {
        var noisy = judged.Where(one => one.Standing == MeasureStanding.Noisy).OrderByDescending(one => one.Noise!.VotesNeeded ?? double.MaxValue).ToList();
        if (noisy.Count == 0) return null;
        var named = string.Join(", ", noisy.Select(one => one.Comparison.Measure.Key()));
        var isUnknown = noisy.All(one => one.Noise!.Value is null);
        return new Draft(
            VerdictOutcome.Inconclusive,
            isUnknown ? $"Inconclusive: nobody knows how much {named} wavers" : $"Inconclusive: {named} wavers too much for a Pass",
            [.. noisy.Select(one => ScorerText.Wavers(one, comparison))],
            InconclusiveCause.Noise,
            ScorerText.Quieter(noisy));
    }
}
