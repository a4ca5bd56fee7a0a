using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>
/// What a gate asks beside the verdict: it takes the whole suite, so that what was ended early may be known to block and never passes; and two evaluations
/// that are not equal describe, and decide nothing.
/// </summary>
internal static class GateRule
{
    /// <summary>The verdict of a gate.</summary>
    public static Verdict Apply(Verdict verdict, Comparison comparison, EvaluationStop? stopped)
    {
        if (!comparison.Mismatches.IsEmpty || comparison.Anchor is { Mismatches.IsEmpty: false })
        {
            return verdict.Outcome == VerdictOutcome.Inconclusive ? verdict : Undecided(
                verdict, $"a gate decides nothing on unequal evaluations; on what they share: {verdict.Headline}", InconclusiveCause.Errors, "evaluate both sides alike");
        }

        return stopped is null || verdict.Outcome is not (VerdictOutcome.Pass or VerdictOutcome.Warn)
            ? verdict
            : Undecided(
                verdict,
                $"the checkpoint was asked {stopped.Read} of {stopped.Total} prompts, and a gate passes the whole suite only",
                InconclusiveCause.Waiting,
                "evaluate the checkpoint without --early-stop");
    }

    private static Verdict Undecided(Verdict verdict, string why, InconclusiveCause cause, string resolution) => verdict with
    {
        Outcome = VerdictOutcome.Inconclusive,
        Headline = $"Inconclusive: {why}",
        Reasons = [why, .. verdict.Reasons],
        Cause = cause,
        Resolution = resolution,
        Stopped = null,
    };
}
