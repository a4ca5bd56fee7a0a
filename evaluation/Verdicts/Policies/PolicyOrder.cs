using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// A project's policy is the least that its runs are held to: a run may only tighten it. One policy is as strict as another where it is so in every
/// setting. What decides nothing (weights), says what happens afterwards (on_block), or describes the run (expected_checkpoints) has no order.
/// </summary>
public static class PolicyOrder
{
    /// <summary>What is looser in a run's policy than its project allows, setting by setting, in sentences; empty where nothing is.</summary>
    /// <param name="project">The least.</param>
    /// <param name="run">The run's own.</param>
    public static ImmutableArray<string> Looser(Policy project, Policy run) =>
    [
        .. Measures.All.SelectMany(measure => AtMost($"tolerances.{measure.Key()}", run.Tolerance(measure), project.Tolerance(measure))),
        .. project.Gated.Except(run.Gated).Order().Select(measure => $"gated leaves out {measure.Key()}; the project gates it"),
        .. project.Required.Except(run.Required).Order().Select(measure => $"required leaves out {measure.Key()}; the project requires it"),
        .. project.Floors.SelectMany(floor => Floor(floor, run)),
        .. AtMost("warn_at", run.WarnAt, project.WarnAt),
        .. AtMost("error_limit", run.ErrorLimit, project.ErrorLimit),
        .. AtMost("missing_difference_limit", run.MissingDifferenceLimit, project.MissingDifferenceLimit),
        .. AtMost("drift_tolerance", run.DriftTolerance, project.DriftTolerance),
        .. AtMost("alpha", run.Alpha, project.Alpha),
        .. Target(run.Target, project.Target),
        .. EarlyStop(run.EarlyStop, project.EarlyStop),
        .. AtMost("collapse_limit", run.CollapseLimit, project.CollapseLimit),
        .. project.TaskTolerances.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => Task(pair, run)),
    ];

    private static IEnumerable<string> AtMost(string setting, double run, double project)
    {
        if (run > project) yield return $"{setting} is {NumberText.Written(run)}; the project allows {NumberText.Written(project)}";
    }

    private static IEnumerable<string> Floor(KeyValuePair<Dimension, double> floor, Policy run)
    {
        var (key, least) = (floor.Key.Key(), NumberText.Written(floor.Value));
        if (!run.Floors.TryGetValue(floor.Key, out var own)) yield return $"floors.{key} is not set; the project wants {least}";
        else if (own < floor.Value) yield return $"floors.{key} is {NumberText.Written(own)}; the project wants {least}";
    }

    // Neither claim holds the other: a count over the suite may block what evidence on the population passes, and the reverse.
    private static IEnumerable<string> Target(EvidenceTarget run, EvidenceTarget project)
    {
        if (run != project) yield return $"target is {Word(run)}; the project claims {Word(project)}, and neither implies the other";
    }

    // The later a checkpoint may be stopped, the more of the suite speaks.
    private static IEnumerable<string> EarlyStop(EarlyStop run, EarlyStop project)
    {
        if (run > project) yield return $"early_stop is {Word(run)}; the project allows {Word(project)}";
    }

    private static IEnumerable<string> Task(KeyValuePair<string, double> tolerance, Policy run)
    {
        var (name, most) = (SafeText.Line(tolerance.Key, PolicyFile.LongestName), NumberText.Written(tolerance.Value));
        if (!run.TaskTolerances.TryGetValue(tolerance.Key, out var own)) yield return $"task_tolerances.{name} is not set; the project allows {most}";
        else if (own > tolerance.Value) yield return $"task_tolerances.{name} is {NumberText.Written(own)}; the project allows {most}";
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
