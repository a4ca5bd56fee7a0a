namespace RailCluster.Contracts;

/// <summary>A figure of the trainer's own, shown beside safety.</summary>
/// <param name="Name">Such as <c>booking_accuracy</c>.</param>
/// <param name="Value">Finite.</param>
/// <param name="HigherIsBetter">Its direction.</param>
[GenerateSerializer, Alias("rail.TaskMetric")]
public sealed record TaskMetric(string Name, double Value, bool HigherIsBetter);

/// <summary>A task metric on both sides.</summary>
/// <param name="Baseline">The baseline's; null where it has none.</param>
/// <param name="Checkpoint">The checkpoint's.</param>
[GenerateSerializer, Alias("rail.TaskChange")]
public sealed record TaskChange(TaskMetric? Baseline, TaskMetric Checkpoint);
