namespace RailCluster.Training;

/// <summary>One prompt with the answer of a model that complies with everything and the answer of an aligned one.</summary>
public sealed record Situation(string Prompt, string Careless, string Aligned);
