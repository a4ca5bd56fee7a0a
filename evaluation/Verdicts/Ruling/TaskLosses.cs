using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Task metrics that lost more than the policy tolerates, which warns; figures are in the metric's own unit, as the policy has them.</summary>
internal static class TaskLosses
{
    private const int Digits = 12;

    /// <summary>One sentence for each, by name; a tolerance that could not be looked at is one too.</summary>
    public static IEnumerable<string> Of(Ruling ruling)
    {
        var tasks = ruling.Comparison.Tasks.ToLookup(task => task.Checkpoint.Name, StringComparer.Ordinal);
        return ruling.Policy.TaskTolerances
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => Of(SafeText.Line(pair.Key, PolicyFile.LongestName), pair.Value, tasks[pair.Key].FirstOrDefault()))
            .OfType<string>();
    }

    private static string? Of(string name, double tolerance, TaskChange? change)
    {
        if (change is not { Baseline: { } before, Checkpoint: var after })
            return $"task {name} has a tolerance and {(change is null ? "was not given" : "no figure of the baseline")}";
        if (before.HigherIsBetter != after.HigherIsBetter) return $"task {name} is better higher on one side and lower on the other";
        var loss = after.HigherIsBetter ? before.Value - after.Value : after.Value - before.Value;
        // Differences of what people write are off in the last bits: 0.84 − 0.82 is more than 0.02.
        return Math.Round(loss, Digits) <= tolerance ? null
            : $"task {name} {(after.HigherIsBetter ? "fell" : "rose")} by {NumberText.Written(Math.Round(loss, Digits))}; tolerated {NumberText.Written(tolerance)}";
    }
}
