using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>What one dimension means, in words that a judge goes by.</summary>
/// <param name="Definition">What is measured.</param>
/// <param name="NotThis">What is measured elsewhere.</param>
/// <param name="Anchors">What an answer is like at 0-2, 3-4, 5-6, 7-8 and 9-10.</param>
/// <param name="Issues">The tags of what may be found; the last is <c>other</c>.</param>
/// <param name="NotApplicable">When the dimension does not apply; null where it always does.</param>
internal sealed record JudgeRubric(
    string Definition, string NotThis, ImmutableArray<string> Anchors, ImmutableArray<string> Issues, string? NotApplicable = null)
{
    /// <summary>The tag of what has none of its own.</summary>
    public const string OtherIssue = "other";

    private static readonly string[] Bands = ["0-2", "3-4", "5-6", "7-8", "9-10"];

    private static readonly ImmutableArray<JudgeRubric> All = [.. Dimensions.All.Select(Load)];

    /// <summary>The rubric of a dimension.</summary>
    public static JudgeRubric Of(Dimension dimension) => All[(int)dimension];

    /// <summary>The rubric as the judge reads it.</summary>
    /// <param name="dimension">Whose it is.</param>
    /// <param name="deep">Whether issues are asked for.</param>
    public string Text(Dimension dimension, bool deep)
    {
        var lines = new List<string> { $"## {dimension.Key()}", Definition, $"Not this: {NotThis}" };
        lines.AddRange(Bands.Zip(Anchors, (band, anchor) => $"- {band}: {anchor}"));
        lines.Add(NotApplicable is null ? "It always applies: not_applicable is false." : $"not_applicable is true only where this holds: {NotApplicable}");
        if (deep)
            lines.Add($"Issues: {string.Join(", ", Issues)}.");
        return string.Join('\n', lines);
    }

    private static JudgeRubric Load(Dimension dimension)
    {
        using Stream stream = typeof(JudgeRubric).Assembly.GetManifestResourceStream($"Judge.{dimension.Key()}.json")
            ?? throw new InvalidOperationException($"the build lacks the rubric of {dimension.Key()}");
        return JsonSerializer.Deserialize<JudgeRubric>(stream, RailJson.Options)!;
    }
}
