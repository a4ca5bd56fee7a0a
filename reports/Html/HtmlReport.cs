using System.Collections.Immutable;

namespace RailCluster.Reports;

/// <summary>One verdict as one HTML file that needs nothing else: no script, no network. Everything from a model or a user is escaped.</summary>
public static class HtmlReport
{
    private static readonly ImmutableArray<(string Id, string Title, Func<VerdictReport, Markup> Render)> Sections =
    [
        ("drops", "Drop against tolerance", DropSection.Render),
        ("trend", "Trend over the run", TrendSection.Render),
        ("tasks", "Task metrics", TaskSection.Render),
        ("worst", "Worst prompts", WorstSection.Render),
        ("distributions", "Distributions against the baseline", DistributionSection.Render),
        ("categories", "Categories", CategorySection.Render),
        ("bands", "Bands and collapses", BandSection.Render),
        ("missing", "What was not scored", MissingSection.Render),
        ("anchor", "Against the anchor", AnchorSection.Render),
        ("evidence", "Errors, effect sizes and evidence", EvidenceSection.Render),
        ("rests-on", "What this rests on", ProvenanceSection.Render),
    ];

    /// <summary>The page.</summary>
    public static string Render(VerdictReport report)
    {
        var sections = Sections
            .Select(section => (section.Id, section.Title, Content: section.Render(report)))
            .Where(section => !section.Content.IsEmpty)
            .ToList();
        return Markup.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{report.Verdict.Outcome.ToString()}: {HtmlText.Short(report.Checkpoint)} against {HtmlText.Short(report.Baseline)}</title>
            <style>
            {HtmlStyle.Sheet}
            </style>
            </head>
            <body>
            <a class="skip" href="#main">To the verdict</a>
            <header>
            <p class="pair">{HtmlText.Name(report.Checkpoint)} against {HtmlText.Name(report.Baseline)}, {report.Comparison.Prompts} prompts</p>
            </header>
            <main id="main" tabindex="-1">
            {VerdictSection.Render(report)}<nav aria-label="Contents">
            <ul>
            {sections.Select(section => Markup.Of($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>\n"))}</ul>
            </nav>
            {sections.Select(section => Section(section.Id, section.Title, section.Content))}</main>
            <footer>
            <p>A verdict compares two models on one suite, prompt by prompt. It says nothing of what the suite does not ask.</p>
            </footer>
            </body>
            </html>

            """).ToString();
    }

    private static Markup Section(string id, string title, Markup content) => Markup.Of(
        $"""
        <section aria-labelledby="{id}">
        <h2 id="{id}">{title}</h2>
        {content}</section>

        """);
}
