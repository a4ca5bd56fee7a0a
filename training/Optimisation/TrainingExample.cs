namespace RailCluster.Training;

/// <summary>A prompt and the answer that a stage teaches for it.</summary>
public sealed record TrainingExample(string Prompt, string Answer)
{
    /// <summary>The beginning of the answer that is given, not taught: it carries no loss.</summary>
    public string Given { get; init; } = "";
}
