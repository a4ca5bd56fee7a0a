using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>What a judge said on one dimension, checked.</summary>
/// <param name="Score">0 to 10; null where the dimension does not apply.</param>
/// <param name="Confidence">0 to 1, as stated.</param>
/// <param name="Explanation">Why; null in the basic mode.</param>
/// <param name="Issues">Tags from the rubric, sorted.</param>
/// <param name="Suggestions">What would raise the score.</param>
internal sealed record JudgeFinding(double? Score, double Confidence, string? Explanation, ImmutableArray<string> Issues, ImmutableArray<string> Suggestions);

/// <summary>What a judge said on all dimensions that it was asked for.</summary>
internal sealed record JudgeVerdict(ImmutableSortedDictionary<Dimension, JudgeFinding> Findings);

/// <summary>What is wrong with a reply.</summary>
/// <param name="Name">What is counted, such as <c>score_out_of_range</c>.</param>
/// <param name="Words">For the judge and for a person; one harmless line.</param>
internal sealed record JudgeFault(string Name, string Words);
