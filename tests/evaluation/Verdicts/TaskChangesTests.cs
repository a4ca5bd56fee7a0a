using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class TaskChangesTests
{
    [Theory]
    [InlineData(0.5, null, "accuracy", "loss")]
    [InlineData(0.5, "the task metric accuracy is given twice; give each name once", "accuracy", "accuracy")]
    [InlineData(double.NaN, "the task metric accuracy is not a number", "accuracy")]
    [InlineData(double.PositiveInfinity, "the task metric accuracy is not a number", "accuracy")]
    [InlineData(0.5, "a task metric is named ''; a name has 1 to 200 characters and no control characters", "")]
    public void Fault_Metrics_AreCheckedByNameAndValue(double value, string? expected, params string[] names) =>
        Assert.Equal(expected, TaskChanges.Fault([.. names.Select(name => new TaskMetric(name, value, true))]));

    [Fact]
    public void Fault_MoreThanMost_IsRefused() =>
        Assert.Equal("101 task metrics are too many; give at most 100", TaskChanges.Fault([.. Enumerable.Range(0, 101).Select(index => new TaskMetric($"m{index}", 1, true))]));

    [Fact]
    public void Of_Metrics_ArePairedByNameInTheCheckpointsOrder() => Assert.Equal(
        [new TaskChange(null, new TaskMetric("speed", 3, true)), new TaskChange(new TaskMetric("accuracy", 0.2, true), new TaskMetric("accuracy", 0.9, true))],
        TaskChanges.Of([new TaskMetric("accuracy", 0.2, true)], [new TaskMetric("speed", 3, true), new TaskMetric("accuracy", 0.9, true)]));
}
