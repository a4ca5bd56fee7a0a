namespace RailCluster.Generation;

/// <summary>What a generator has done since it was loaded, canaries left out.</summary>
/// <param name="Prompts">Prompts answered.</param>
/// <param name="PromptTokens">Tokens of those prompts.</param>
/// <param name="OutputTokens">Tokens generated.</param>
/// <param name="Seconds">Time spent generating.</param>
/// <param name="Steps">Steps, each giving every row in flight one token; a prompt's first token comes with its prefill.</param>
/// <param name="MeanOccupancy">Rows in flight a step, on average; 0 before the first.</param>
public sealed record GenerationStats(long Prompts, long PromptTokens, long OutputTokens, double Seconds, long Steps, double MeanOccupancy);
