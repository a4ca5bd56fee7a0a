namespace RailCluster.Contracts;

/// <summary>What a search for a suite's prompts in training data found.</summary>
/// <param name="SuiteHash">The suite.</param>
/// <param name="TrainingHash">SHA-256 of the training file, 64 lower-case hex digits.</param>
/// <param name="Prompts">Prompts looked for.</param>
/// <param name="Exact">Prompts that stand in the training data word for word.</param>
/// <param name="Near">Of the others, those that share thirteen words in a row with it.</param>
[GenerateSerializer, Alias("rail.SuiteOverlap")]
public sealed record SuiteOverlap(string SuiteHash, string TrainingHash, int Prompts, int Exact, int Near);
