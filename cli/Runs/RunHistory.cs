using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>What a run's verdicts say together.</summary>
internal static class RunHistory
{
    /// <summary>The verdicts by step.</summary>
    public static ImmutableSortedDictionary<int, VerdictOutcome> Verdicts(RunStatus run) =>
        run.Steps.Where(step => step.Verdict is not null).ToImmutableSortedDictionary(step => step.Step, step => step.Verdict!.Outcome);

    /// <summary>The onset among the verdicts that are there; nothing is evaluated for it.</summary>
    public static OnsetReport Onset(RunStatus run)
    {
        var verdicts = Verdicts(run);
        return OnsetReport.Of(Bisection.Known(verdicts), verdicts);
    }

    /// <summary>What early stop saved, and where safety was lost, in lines; nothing where neither is known.</summary>
    public static IEnumerable<string> Lines(RunStatus run)
    {
        if (Saving(run) is { Prompts: > 0 } saving) yield return saving.ToString();
        if (Onset(run) is { FirstBlock: not null } onset) yield return onset.Summary;
    }

    /// <summary>What early stop saved among the checkpoints that were judged, each content once; null where the run never stops early.</summary>
    public static EarlyStopSaving? Saving(RunStatus run)
    {
        if (run.Spec.Policy.EarlyStop == EarlyStop.None) return null;
        var judged = run.Steps.Where(step => step is { Verdict: not null, Comparison: not null }).DistinctBy(step => step.Checkpoint).ToList();
        return new EarlyStopSaving(judged.Sum(step => Unread(step.Verdict!)), judged.Sum(Total));
    }

    private static int Unread(Verdict verdict) => verdict.Stopped is { } stopped ? stopped.Total - stopped.Read : 0;

    private static int Total(StepStatus step) => step.Verdict!.Stopped?.Total ?? step.Comparison!.Sequential?.Total ?? step.Comparison.Prompts;
}

/// <summary>Prompts that no verdict waited for.</summary>
/// <param name="Saved">Prompts that lay beyond what verdicts rest on.</param>
/// <param name="Prompts">Prompts of the suite, once for every checkpoint judged.</param>
internal sealed record EarlyStopSaving(int Saved, int Prompts)
{
    public override string ToString() => $"early stop saved {Saved} of {Prompts} prompts";
}
