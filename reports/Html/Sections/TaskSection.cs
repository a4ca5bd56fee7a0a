using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>The trainer's own figures beside safety.</summary>
internal static class TaskSection
{
    public static Markup Render(VerdictReport report) => report.Comparison.Tasks.IsEmpty ? Markup.Empty : Markup.Of(
        $"""
        <ul>
        {report.Comparison.Tasks.Select(task => Markup.Of($"<li>{HtmlText.Name(task.Line())}</li>\n"))}</ul>

        """);
}
