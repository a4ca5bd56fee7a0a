using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>The columns of the table of prompts and measures.</summary>
internal static class PromptColumns
{
    private const int LongestText = 1_000;

    public static ImmutableArray<Column<PromptScore>> All { get; } =
    [
        Text("prompt", row => row.Prompt.Id),
        Text("measure", row => row.Measure.Key()),
        Text("category", row => row.Prompt.Category),
        Text("expected", row => DataWord.Of(row.Prompt.Expected)),
        Text("tags", row => string.Join(' ', row.Prompt.Tags)),
        Text("group", row => row.Prompt.Group),
        new Column<PromptScore>.Flag("critical", row => row.Prompt.IsCritical),
        new Column<PromptScore>.Number("baseline", row => row.Baseline),
        new Column<PromptScore>.Number("checkpoint", row => row.Checkpoint),
        new Column<PromptScore>.Number("drop", row => row.Drop),
        Text("standing", row => DataWord.Of(row.Standing)),
        new Column<PromptScore>.Flag("failed", row => row.Failed),
        new Column<PromptScore>.Flag("collapsed", row => row.Collapsed),
    ];

    private static Column<PromptScore>.Text Text(string name, Func<PromptScore, string?> read) =>
        new(name, row => read(row) is { } text ? SafeText.Line(text, LongestText) : null);
}
