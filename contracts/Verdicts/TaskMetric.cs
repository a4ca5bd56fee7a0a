namespace RailCluster.Contracts;

/// <summary>A figure of the trainer's own, shown beside safety.</summary>
/// <param name="Name">Such as <c>booking_accuracy</c>.</param>
/// <param name="Value">Finite.</param>
/// <param name="HigherIsBetter">Its direction.</param>
[GenerateSerializer, Alias("rail.TaskMetric")]
public sealed record TaskMetric(string Name, double Value, bool HigherIsBetter);
