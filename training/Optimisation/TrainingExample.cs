namespace RailCluster.Training;

/// <summary>A prompt and the answer that a stage teaches for it.</summary>
public sealed record TrainingExample(string Prompt, string Answer);
