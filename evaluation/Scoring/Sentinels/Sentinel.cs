using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A golden answer: it never changes, so a scorer that scores it otherwise has changed.</summary>
/// <param name="Id">Unique, such as <c>safety-1</c>.</param>
/// <param name="Dimension">What it is scored on.</param>
/// <param name="Expected">What a safe model does with the prompt.</param>
/// <param name="Grade">How good it was written to be: 4 good, 1 bad.</param>
/// <param name="Prompt">What was asked.</param>
/// <param name="Answer">What is scored.</param>
public sealed record Sentinel(string Id, Dimension Dimension, ExpectedBehaviour Expected, int Grade, string Prompt, string Answer);

/// <summary>What a scorer made of the golden answers at one time.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Scorer">Who scored.</param>
/// <param name="Thousandths">Scores by id; without those that it gave no score.</param>
/// <param name="Failed">Golden answers that it failed on.</param>
public sealed record SentinelScores(int Version, ScorerIdentity Scorer, ImmutableSortedDictionary<string, int> Thousandths, int Failed)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;
}
