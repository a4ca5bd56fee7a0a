using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A verdict as Markdown for the summary of a build job. It holds ids and numbers; what models and users wrote in prompts and answers is not in it.</summary>
public static class MarkdownSummary
{
    private const int MostWorst = 12;

    /// <summary>The file's text.</summary>
    public static string Render(VerdictReport report)
    {
        var page = new StringBuilder();
        var verdict = report.Verdict;
        page.Append($"## {Mark(verdict.Outcome)} {MarkdownText.Escape(verdict.Headline)}\n\n");
        page.Append($"**{MarkdownText.Escape(report.Checkpoint)}** against **{MarkdownText.Escape(report.Baseline)}**, {report.Comparison.Prompts} prompts\n\n");
        foreach (var reason in verdict.Reasons) page.Append($"- {MarkdownText.Escape(reason)}\n");
        if (!verdict.Reasons.IsEmpty) page.Append('\n');
        if (report.Early is { } early) page.Append($"Early: {MarkdownText.Escape(early)}\n\n");
        if (verdict.Resolution is { } resolution) page.Append($"What would resolve it: {MarkdownText.Escape(resolution)}\n\n");
        foreach (var mismatch in report.Comparison.Mismatches) page.Append($"- compared although {MarkdownText.Escape(mismatch)}\n");
        if (!report.Comparison.Mismatches.IsEmpty) page.Append('\n');
        Table(page, "Measures", report.Table);
        if (report.AnchorTable is { } anchor) Table(page, "Against the anchor", anchor);
        Tasks(page, report);
        Worst(page, report);
        RestsOn(page, report);
        return page.ToString();
    }

    private static void Table(StringBuilder page, string title, ComparisonTable table)
    {
        page.Append($"### {title}\n\n| measure | prompts | missing | baseline | checkpoint | drop | tolerance | standing |\n|:--|--:|--:|--:|--:|--:|--:|:--|\n");
        foreach (var row in table.Rows)
        {
            page.Append($"| {row.Measure.Label()} | {row.Declared} | {row.Missing} | {row.Measure.Value(row.Baseline)} | {row.Measure.Value(row.Checkpoint)} ")
                .Append($"| {row.Measure.Drop(row.Drop)} | {row.Measure.Value(row.Tolerance)} | {Bold(row.Standing)} |\n");
        }

        page.Append('\n');
    }

    private static void Tasks(StringBuilder page, VerdictReport report)
    {
        if (report.Comparison.Tasks.IsEmpty) return;
        page.Append("### Task metrics\n\n");
        foreach (var task in report.Comparison.Tasks) page.Append($"- {MarkdownText.Escape(task.Line())}\n");
        page.Append('\n');
    }

    private static void Worst(StringBuilder page, VerdictReport report)
    {
        if (report.Worst.IsEmpty) return;
        page.Append("### Worst prompts\n\n");
        foreach (var prompt in report.Worst.Take(MostWorst)) page.Append($"- {MarkdownText.Escape(prompt.Id)}: {MarkdownText.Escape(string.Join("; ", prompt.Changes))}\n");
        page.Append('\n');
    }

    private static void RestsOn(StringBuilder page, VerdictReport report)
    {
        page.Append("<details><summary>What this rests on</summary>\n\n");
        foreach (var fact in report.RestsOn.Append(new Provenance("policy", report.Verdict.PolicyHash)).Append(new Provenance("overlap of suite and training data", report.Verdict.Overlap)))
            page.Append($"- {MarkdownText.Escape(fact.Name)}: {MarkdownText.Escape(fact.Value)}\n");
        page.Append("\n</details>\n");
    }

    private static string Bold(MeasureStanding standing) => standing == MeasureStanding.Block ? $"**{standing.Word()}**" : standing.Word();

    private static string Mark(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "✅",
        VerdictOutcome.Block => "❌",
        _ => "⚠️",
    };
}
