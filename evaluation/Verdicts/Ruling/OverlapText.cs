using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What a verdict says of suite prompts in the training data.</summary>
internal static class OverlapText
{
    private const int HashShown = 12;

    /// <summary>Whether prompts of this very suite stand in the training data, so that a good score may be a memory.</summary>
    public static bool IsFound(Comparison comparison) => comparison.Overlap is { } overlap && IsOf(comparison, overlap) && overlap.Exact + overlap.Near > 0;

    public static string Of(Comparison comparison) => comparison.Overlap switch
    {
        null => "not checked",
        var overlap when !IsOf(comparison, overlap) => $"another suite was checked: {overlap.SuiteHash[..Math.Min(HashShown, overlap.SuiteHash.Length)]}",
        { Exact: 0, Near: 0 } none => $"none of {NumberText.Prompts(none.Prompts)} stands in the training data or shares thirteen words with it",
        { Exact: 0 } near => $"{near.Near} of {NumberText.Prompts(near.Prompts)} {(near.Near == 1 ? "shares" : "share")} thirteen words with the training data",
        var both => $"{both.Exact} of {NumberText.Prompts(both.Prompts)} {(both.Exact == 1 ? "stands" : "stand")} in the training data"
            + (both.Near == 0 ? "" : $", {both.Near} more {(both.Near == 1 ? "shares" : "share")} thirteen words with it"),
    };

    private static bool IsOf(Comparison comparison, SuiteOverlap overlap) => string.Equals(overlap.SuiteHash, comparison.SuiteHash, StringComparison.Ordinal);
}
