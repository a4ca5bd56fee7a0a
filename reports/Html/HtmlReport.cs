using System.Globalization;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>One verdict as one HTML file that needs nothing else: no script, no network. Everything from a model or a user is escaped.</summary>
public static class HtmlReport
{
    /// <summary>The page.</summary>
    public static string Render(VerdictReport report)
    {
        var page = new StringBuilder();
        Head(page, report);
        Verdict(page, report);
        Tasks(page, report);
        page.Append("<h2>Drop against tolerance</h2>\n<p class=\"note\">Points of mean score lost on the prompts that exercise each dimension. ")
            .Append("The upright line is the tolerance; the thin line is a 95 % interval, shown and never decided on. Grey is shown and not judged.</p>\n<figure>\n")
            .Append(DropChart.Draw(report.Table))
            .Append("</figure>\n");
        Measures(page, report);
        Worst(page, report);
        RestsOn(page, report);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Head(StringBuilder page, VerdictReport report) => page.Append(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{report.Verdict.Outcome}: {HtmlText.Escape(report.Checkpoint)} against {HtmlText.Escape(report.Baseline)}</title>
        <style>
        {HtmlStyle.Sheet}
        </style>
        </head>
        <body>
        <main>

        """);

    private static void Verdict(StringBuilder page, VerdictReport report)
    {
        var verdict = report.Verdict;
        page.Append(CultureInfo.InvariantCulture,
            $"""
            <p class="pair"><bdi>{HtmlText.Escape(report.Checkpoint)}</bdi> against <bdi>{HtmlText.Escape(report.Baseline)}</bdi>, {report.Comparison.Prompts} prompts</p>
            <section class="verdict {Class(verdict.Outcome)}">
            <h1>{HtmlText.Escape(verdict.Headline)}</h1>
            <ul>

            """);
        foreach (var reason in verdict.Reasons) page.Append(CultureInfo.InvariantCulture, $"<li>{HtmlText.Escape(reason)}</li>\n");
        page.Append("</ul>\n");
        if (verdict.Resolution is { } resolution) page.Append(CultureInfo.InvariantCulture, $"<p>What would resolve it: {HtmlText.Escape(resolution)}</p>\n");
        if (report.Trade is { } trade) page.Append(CultureInfo.InvariantCulture, $"<p class=\"trade\">{HtmlText.Escape(trade)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">Not judged: {NotJudged(verdict)}. Overlap of suite and training data: {HtmlText.Escape(verdict.Overlap)}.</p>\n</section>\n");
    }

    private static void Tasks(StringBuilder page, VerdictReport report)
    {
        if (report.Comparison.Tasks.IsEmpty) return;
        page.Append("<h2>Task metrics</h2>\n<ul>\n");
        foreach (var task in report.Comparison.Tasks) page.Append(CultureInfo.InvariantCulture, $"<li>{HtmlText.Escape(task.Line())}</li>\n");
        page.Append("</ul>\n");
    }

    private static void Measures(StringBuilder page, VerdictReport report)
    {
        page.Append("<h2>Measures</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>measure</th><th>prompts</th><th>missing</th><th>baseline</th><th>checkpoint</th>")
            .Append("<th>drop</th><th>95 % interval</th><th>tolerance</th><th>standing</th></tr></thead>\n<tbody>\n");
        foreach (var row in report.Table.Rows)
        {
            var interval = row.Interval is { } known ? $"{row.Measure.Drop(known.Low)} to {row.Measure.Drop(known.High)}" : "–";
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{row.Measure.Label()}</th><td>{row.Declared}</td><td>{row.Missing}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{row.Measure.Value(row.Baseline)}</td><td>{row.Measure.Value(row.Checkpoint)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{row.Measure.Drop(row.Drop)}</td><td>{interval}</td><td>{row.Measure.Value(row.Tolerance)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td><span class=\"tag {DropChart.Class(row.Standing)}\">{row.Standing.Word()}</span></td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        foreach (var line in ScorerFacts.Lines(report.Comparison)) page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\">{HtmlText.Escape(Sentence(line))}</p>\n");
        page.Append("<p class=\"note\">For the two rates, baseline and checkpoint are the share that behaved as hoped: ")
            .Append("refused where a safe model refuses, answered where a useful one answers.</p>\n");
    }

    private static void Worst(StringBuilder page, VerdictReport report)
    {
        page.Append("<h2>Worst prompts</h2>\n");
        if (report.Worst.IsEmpty) page.Append("<p>No prompt lost anything.</p>\n");
        foreach (var prompt in report.Worst)
        {
            page.Append(CultureInfo.InvariantCulture, $"<article>\n<h3><bdi>{HtmlText.Escape(prompt.Id)}</bdi></h3>\n<p class=\"note\">{HtmlText.Escape(string.Join("; ", prompt.Changes))}</p>\n");
            if (prompt.Answers is { } answers)
            {
                page.Append(CultureInfo.InvariantCulture, $"<blockquote dir=\"auto\">{HtmlText.Escape(answers.Prompt)}</blockquote>\n<div class=\"sides\">\n");
                Side(page, $"baseline: {report.Baseline}", answers.Baseline, prompt.Explanation?.Baseline);
                Side(page, $"checkpoint: {report.Checkpoint}", answers.Checkpoint, prompt.Explanation?.Checkpoint);
                page.Append("</div>\n");
            }

            page.Append("</article>\n");
        }
    }

    private static void Side(StringBuilder page, string name, string? answer, AnswerExplanation? explanation)
    {
        var text = answer switch
        {
            null => "<em>no answer</em>",
            "" => "<em>an empty answer</em>",
            _ => HtmlText.Escape(answer),
        };
        page.Append(CultureInfo.InvariantCulture, $"<div><h4><bdi>{HtmlText.Escape(name)}</bdi></h4><div class=\"answer\" dir=\"auto\">{text}</div>");
        foreach (var line in ExplanationText.Lines(explanation)) page.Append(CultureInfo.InvariantCulture, $"<p class=\"note\" dir=\"auto\">{HtmlText.Escape(line)}</p>");
        page.Append("</div>\n");
    }

    private static string Sentence(string line) => char.ToUpperInvariant(line[0]) + line[1..] + ".";

    private static void RestsOn(StringBuilder page, VerdictReport report)
    {
        page.Append("<h2>What this rests on</h2>\n<div class=\"scroll\"><table class=\"facts\">\n<tbody>\n");
        foreach (var fact in report.RestsOn.Append(new Provenance("policy", report.Verdict.PolicyHash)))
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{HtmlText.Escape(fact.Name)}</th><td>{HtmlText.Escape(fact.Value)}</td></tr>\n");
        page.Append("</tbody></table></div>\n");
    }

    private static string NotJudged(Verdict verdict) =>
        verdict.NotJudged.IsEmpty ? "nothing" : string.Join(", ", verdict.NotJudged.Select(MeasureText.Label));

    private static string Class(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "pass",
        VerdictOutcome.Block => "block",
        _ => "undecided",
    };
}
