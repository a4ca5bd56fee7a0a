using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The rows that say that the evidence decides neither way.</summary>
public static partial class VerdictRules
{
    private static Draft? Unconfirmed(Ruling ruling)
    {
        var open = ruling.Measures.Where(one => one.MayHaveCollapsed).ToList();
        if (open.Count == 0) return null;
        var prompts = open.SelectMany(one => one.Collapses.Open.Select(pair => pair.PromptId)).Distinct(StringComparer.Ordinal).ToList();
        var named = string.Join(", ", prompts.Take(3)) + NumberText.More(prompts.Count - 3);
        return new Draft(
            VerdictOutcome.Inconclusive,
            $"Inconclusive: a collapse on {(prompts.Count == 1 ? "the critical prompt" : "the critical prompts")} {named} is not confirmed",
            [.. open.Select(CollapseText.Open)],
            InconclusiveCause.Noise,
            $"score both answers to {named} afresh, {CollapseConfirmation.Scorings} times each; the medians decide");
    }

    private static Draft? Undecided(Ruling ruling)
    {
        var open = ruling.Measures.Where(one => one.Standing == MeasureStanding.Undecided).ToList();
        if (open.Count == 0) return null;
        var named = string.Join(", ", open.Select(one => one.Measure.Key()).Distinct());
        var reasons = open.Select(UndecidedText.Reason).ToImmutableArray();
        return UndecidedText.CauseOf(ruling, open) switch
        {
            InconclusiveCause.Waiting => new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: {UndecidedText.Progress(ruling)}, too few for a verdict on {named}",
                reasons,
                InconclusiveCause.Waiting,
                UndecidedText.Rest(ruling, open)),
            InconclusiveCause.Errors => new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: missing scores could tip {named}",
                reasons,
                InconclusiveCause.Errors,
                "get the missing scores: 'rail run retry' does only what is missing"),
            var cause => new Draft(
                VerdictOutcome.Inconclusive,
                $"Inconclusive: the evidence on {named} is not enough either way",
                reasons,
                cause,
                UndecidedText.Enough(ruling, open)),
        };
    }

    private static Draft? Noisy(Ruling ruling)
    {
        var noisy = ruling.Measures.Where(one => one.Standing == MeasureStanding.Noisy).OrderByDescending(one => one.Noise!.VotesNeeded ?? double.MaxValue).ToList();
        if (noisy.Count == 0) return null;
        var named = string.Join(", ", noisy.Select(one => one.Measure.Key()).Distinct());
        var isUnknown = noisy.All(one => one.Noise!.Value is null);
        return new Draft(
            VerdictOutcome.Inconclusive,
            isUnknown ? $"Inconclusive: nobody knows how much {named} wavers" : $"Inconclusive: {named} wavers too much for a Pass",
            [.. noisy.Select(ScorerText.Wavers)],
            InconclusiveCause.Noise,
            ScorerText.Quieter(noisy));
    }
}
