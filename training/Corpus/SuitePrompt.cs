namespace RailCluster.Training;

/// <summary>One suite prompt with the answer that an aligned model should give, which the suite file does not hold.</summary>
public sealed record SuitePrompt(string Id, string Prompt, Family Family, string Aligned, bool Critical);
