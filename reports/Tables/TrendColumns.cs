using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>One figure of one checkpoint of a run: a measure's drop, or the trainer's own.</summary>
internal sealed record TrendRow(TrendStep Step, TrendDrop? Drop, TaskMetric? Task)
{
    /// <summary>All figures of a run; none without one.</summary>
    public static IEnumerable<TrendRow> Of(RunTrend? trend) => trend is null ? [] : trend.Steps.SelectMany(step =>
        step.Drops.Select(drop => new TrendRow(step, drop, null)).Concat(step.Tasks.Select(task => new TrendRow(step, null, task))));
}

/// <summary>The columns of the table of a run's checkpoints.</summary>
internal static class TrendColumns
{
    private const int LongestName = 200;

    public static ImmutableArray<Column<TrendRow>> All { get; } =
    [
        new Column<TrendRow>.Count("step", row => row.Step.Step),
        new Column<TrendRow>.Text("outcome", row => DataWord.Of(row.Step.Outcome)),
        new Column<TrendRow>.Text("kind", row => row.Drop is null ? "task" : "measure"),
        new Column<TrendRow>.Text("name", row => row.Drop?.Measure.Key() ?? SafeText.Line(row.Task!.Name, LongestName)),
        new Column<TrendRow>.Number("value", row => row.Drop?.Drop ?? row.Task!.Value),
        new Column<TrendRow>.Number("tolerance", row => row.Drop?.Tolerance),
    ];
}
