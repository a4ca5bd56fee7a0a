namespace RailCluster.Contracts;

/// <summary>That a verdict was drawn before the whole suite was answered.</summary>
/// <param name="Read">Prompts that it rests on.</param>
/// <param name="Total">Prompts in the suite.</param>
/// <param name="Overturn">What it would take of the prompts that were not asked to overturn it, in a sentence.</param>
[GenerateSerializer, Alias("rail.StoppedEarly")]
public sealed record StoppedEarly(int Read, int Total, string Overturn);
