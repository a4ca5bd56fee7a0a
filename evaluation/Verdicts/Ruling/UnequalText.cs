using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The mark on a verdict on evaluations that are not equal, which somebody allowed: it describes, and lets nothing out.</summary>
internal static class UnequalText
{
    /// <summary>What is added to the headline; nothing where both sides are equal.</summary>
    public static string Mark(Comparison comparison) =>
        All(comparison).Count is > 0 and var count ? $" (of unequal evaluations: {(count == 1 ? "1 difference" : $"{count} differences")})" : "";

    /// <summary>What differs, one sentence each.</summary>
    public static IEnumerable<string> Reasons(Comparison comparison) => All(comparison).Select(one => $"not equal: {one}");

    private static List<string> All(Comparison comparison) =>
        [.. comparison.Mismatches, .. (comparison.Anchor?.Mismatches ?? []).Select(one => $"against the anchor: {one}")];
}
