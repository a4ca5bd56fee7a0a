using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A step as it competes for being the best.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Outcome">Its verdict.</param>
/// <param name="Margin">What is left of the tolerance on the worst measure, as a share: 1 for no drop, 0 at the tolerance, below 0 beyond it; null where nothing was judged.</param>
/// <param name="Tasks">The trainer's own figures.</param>
/// <param name="IsBest">Whether no other step is at least as good in everything and better in something; never of a step that blocks or was not judged.</param>
public sealed record RankedStep(int Step, VerdictOutcome Outcome, double? Margin, ImmutableArray<TaskMetric> Tasks, bool IsBest);

/// <summary>The steps of a run between which only taste decides: more safety costs task, and more task safety.</summary>
public static class ParetoFront
{
    /// <summary>All steps that have a verdict, by step.</summary>
    public static ImmutableArray<RankedStep> Of(RunStatus run)
    {
        var steps = run.Steps
            .Where(step => step.Verdict is not null)
            .Select(step => new RankedStep(step.Step, step.Verdict!.Outcome, Margin(step.Verdict, step.Comparison), step.TaskMetrics, IsBest: false))
            .ToImmutableArray();
        var eligible = steps.Where(step => step is { Outcome: VerdictOutcome.Pass or VerdictOutcome.Warn, Margin: not null }).ToList();
        return [.. steps.Select(step => step with { IsBest = eligible.Contains(step) && !eligible.Exists(other => Beats(other, step)) })];
    }

    private static double? Margin(Verdict verdict, Comparison? comparison) => comparison is null
        ? null
        : verdict.Measures
            .Where(one => one.Standing is MeasureStanding.Pass or MeasureStanding.Block or MeasureStanding.Undecided or MeasureStanding.Noisy)
            .Select(one => Left(comparison.Measures[(int)one.Measure].HighestDrop, one.Tolerance))
            .Min();

    private static double? Left(double drop, double tolerance) => tolerance > 0 ? 1 - drop / tolerance : drop > 0 ? -1 : 1;

    // Two steps without a common metric are told apart by safety alone.
    private static bool Beats(RankedStep one, RankedStep other)
    {
        var gains = one.Tasks.Join(other.Tasks, task => task.Name, task => task.Name, (mine, its) => mine.HigherIsBetter ? mine.Value - its.Value : its.Value - mine.Value)
            .Append(one.Margin!.Value - other.Margin!.Value)
            .ToList();
        return gains.TrueForAll(gain => gain >= 0) && gains.Exists(gain => gain > 0);
    }
}
