using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>A gate takes the whole suite: what was ended early may be known to block, and never passes.</summary>
internal static class WholeSuite
{
    /// <summary>The verdict, without its Pass where the checkpoint was not asked everything.</summary>
    public static Verdict Require(Verdict verdict, EvaluationStop? stopped)
    {
        if (stopped is null || verdict.Outcome is not (VerdictOutcome.Pass or VerdictOutcome.Warn)) return verdict;
        var read = $"the checkpoint was asked {stopped.Read} of {stopped.Total} prompts, and a gate passes the whole suite only";
        return verdict with
        {
            Outcome = VerdictOutcome.Inconclusive,
            Headline = $"Inconclusive: {read}",
            Reasons = [read, .. verdict.Reasons],
            Cause = InconclusiveCause.Waiting,
            Resolution = "evaluate the checkpoint without --early-stop",
        };
    }
}
