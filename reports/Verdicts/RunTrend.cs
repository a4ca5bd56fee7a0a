using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A measure's drop at one checkpoint of a run.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Drop">Mean paired drop, in points or as a share; positive is worse.</param>
/// <param name="Tolerance">The drop that is tolerated.</param>
public sealed record TrendDrop(Measure Measure, double Drop, double Tolerance)
{
    private const double Smallest = 0.001;

    /// <summary>The drop in tolerances: above 1 it is more than is tolerated.</summary>
    public double Relative => Drop / Math.Max(Tolerance, Smallest);
}

/// <summary>One judged checkpoint of a run.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Outcome">Its verdict.</param>
/// <param name="Drops">Of every measure that has a drop.</param>
/// <param name="Tasks">The trainer's own figures.</param>
public sealed record TrendStep(int Step, VerdictOutcome Outcome, ImmutableArray<TrendDrop> Drops, ImmutableArray<TaskMetric> Tasks);

/// <summary>A run's verdicts over its checkpoints.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Shown">The step that the report is about.</param>
/// <param name="Steps">By step; at least one.</param>
public sealed record RunTrend(string Run, int Shown, ImmutableArray<TrendStep> Steps)
{
    /// <summary>The first step that blocks; null where none does.</summary>
    public int? FirstBlock => Found?.FirstBlock;

    /// <summary>The last step before <see cref="FirstBlock"/> that passes; null where there is none.</summary>
    public int? LastPass => Found is { LastPass: > 0 and var step } ? step : null;

    /// <summary>Where the loss began, in a sentence.</summary>
    public string Onset => (FirstBlock, LastPass) switch
    {
        (null, _) => "no checkpoint is blocked",
        ({ } block, null) => $"the loss begins after the baseline and by step {block} (the first that is blocked); no checkpoint before it passes{Later}",
        ({ } block, { } pass) => $"the loss begins after step {pass} (the last that passes) and by step {block} (the first that is blocked){Later}",
    };

    private BisectionMove.Onset? Found => Bisection.Known(Steps.ToDictionary(step => step.Step, step => step.Outcome)) as BisectionMove.Onset;

    private string Later => Found!.LaterPasses.Length switch
    {
        0 => "",
        1 => "; one after it passes again, so the history is not monotone",
        var passes => $"; {passes} after it pass again, so the history is not monotone",
    };

    /// <summary>The trend of a run; null where fewer than two of its checkpoints have a verdict.</summary>
    /// <param name="status">The run.</param>
    /// <param name="shown">The step that the report is about.</param>
    public static RunTrend? Of(RunStatus status, int shown)
    {
        var steps = status.Steps.Where(step => step.Verdict is not null).OrderBy(step => step.Step)
            .Select(step => new TrendStep(step.Step, step.Verdict!.Outcome, Drops(step.Comparison, step.Verdict), step.TaskMetrics))
            .ToImmutableArray();
        return steps.Length < 2 ? null : new RunTrend(status.Run.ToString(), shown, steps);
    }

    private static ImmutableArray<TrendDrop> Drops(Comparison? comparison, Verdict verdict) => comparison is null ? [] :
    [
        .. from measure in comparison.Measures
           join one in verdict.Measures on measure.Measure equals one.Measure
           where measure.Drop is not null
           select new TrendDrop(measure.Measure, measure.Drop!.Value, one.Tolerance),
    ];
}
