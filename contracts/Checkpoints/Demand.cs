namespace RailCluster.Contracts;

/// <summary>A run's wish for a checkpoint's results.</summary>
/// <param name="Run">Who asks.</param>
/// <param name="Step">The training step it stands for; null for the run's baseline.</param>
/// <param name="Prompts">How long a prefix of the pre-committed order is wanted.</param>
[GenerateSerializer, Alias("rail.Demand")]
public sealed record Demand(RunKey Run, int? Step, int Prompts)
{
    /// <summary>Whether a baseline is asked for; baselines go first.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsBaseline => Step is null;
}
