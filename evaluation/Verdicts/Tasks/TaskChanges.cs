using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Task metrics of both sides, paired and in words.</summary>
public static class TaskChanges
{
    /// <summary>The most metrics of one checkpoint.</summary>
    public const int Most = 100;

    /// <summary>What is wrong with the metrics of one checkpoint, in words; null for nothing.</summary>
    public static string? Fault(IReadOnlyCollection<TaskMetric> metrics)
    {
        if (metrics.Count > Most) return $"{metrics.Count} task metrics are too many; give at most {Most}";
        if (metrics.FirstOrDefault(metric => metric.Name.Length is 0 or > PolicyFile.LongestName || metric.Name.Any(char.IsControl)) is { } odd)
            return $"a task metric is named '{SafeText.Line(odd.Name, 50)}'; a name has 1 to {PolicyFile.LongestName} characters and no control characters";
        if (metrics.FirstOrDefault(metric => !double.IsFinite(metric.Value)) is { } endless) return $"the task metric {endless.Name} is not a number";
        return metrics.CountBy(metric => metric.Name, StringComparer.Ordinal).FirstOrDefault(pair => pair.Value > 1).Key is { } twice
            ? $"the task metric {twice} is given twice; give each name once"
            : null;
    }

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
