using System.Xml.Linq;
using RailCluster.Contracts;

namespace RailCluster.Reports.Tests;

public sealed class HtmlReportTests
{
    private const string Nasty = "</div><script>alert(1)</script><img src=x onerror='alert(2)'> & \"quoted\" \u001b[2J";

    [Fact]
    public void Render_NastyTextEverywhere_IsNowhereMarkup()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers(Nasty, Nasty, Nasty)) with
        {
            Baseline = Nasty,
            Checkpoint = Nasty,
            Tasks = [new TaskChange(null, new TaskMetric(Nasty, 1, true))],
            RestsOn = [new Provenance(Nasty, Nasty)],
        };
        report = report with { Verdict = report.Verdict with { Headline = Nasty, Reasons = [Nasty], Resolution = Nasty, Overlap = Nasty } };
        var html = HtmlReport.Render(report);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain('\u001b', html);
        Assert.DoesNotContain("\"quoted\"", html);
        Assert.Contains("&lt;script&gt;", html);
    }

    [Fact]
    public void Render_Report_IsWellFormedAndNeedsNothingElse()
    {
        var html = HtmlReport.Render(Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers("asked", "refused", null)));
        var body = XElement.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        Assert.DoesNotContain(
            body.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName),
            name => name is "src" or "href" || name.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        Assert.Contains("default-src 'none'", html);
        Assert.Contains("prefers-color-scheme: dark", html);
        Assert.Equal(8, body.Descendants("svg").Descendants("text").Count(text => (string?)text.Attribute("class") == "label"));
        Assert.Contains("<em>no answer</em>", html);
        Assert.True(html.IndexOf("<h1>Block", StringComparison.Ordinal) < html.IndexOf("<svg", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_SameReport_GivesTheSamePage()
    {
        var checkpoint = Samples.Scores(8.7, 9, refuses: true);
        Assert.Equal(HtmlReport.Render(Samples.Report(checkpoint)), HtmlReport.Render(Samples.Report(checkpoint)));
    }
}
