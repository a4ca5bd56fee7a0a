using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Task metrics of both sides, paired and in words.</summary>
public static class TaskChanges
{
    /// <summary>Pairs metrics by name, in the checkpoint's order.</summary>
    public static ImmutableArray<TaskChange> Of(IEnumerable<TaskMetric> baseline, IEnumerable<TaskMetric> checkpoint)
    {
        var before = baseline.ToDictionary(metric => metric.Name, StringComparer.Ordinal);
        return [.. checkpoint.Select(metric => new TaskChange(before.GetValueOrDefault(metric.Name), metric))];
    }

    /// <summary>One line, such as <c>accuracy 0.12 → 0.97 (+0.85, better)</c>.</summary>
    public static string Line(this TaskChange change)
    {
        if (change.Baseline is not { } before) return $"{change.Checkpoint.Name} {Number(change.Checkpoint.Value)}";
        var gain = change.Checkpoint.Value - before.Value;
        var word = gain == 0 ? "unchanged" : gain > 0 == change.Checkpoint.HigherIsBetter ? "better" : "worse";
        return $"{change.Checkpoint.Name} {Number(before.Value)} → {Number(change.Checkpoint.Value)} ({gain.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture)}, {word})";
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
