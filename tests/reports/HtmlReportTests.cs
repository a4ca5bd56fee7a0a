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
            RestsOn = [new Provenance(Nasty, Nasty)],
        };
        report = report.Explained(report.Worst.Select(prompt => new PromptExplanation(prompt.Id, Samples.Explanation(Nasty), Samples.Explanation(Nasty) with { Failure = Nasty })));
        report = report with { Comparison = report.Comparison with { Tasks = [new TaskChange(null, new TaskMetric(Nasty, 1, true))], NoiseUnknown = Nasty, DriftUnknown = Nasty } };
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
    public void Render_Explanations_StandUnderTheAnswerThatTheyExplain()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers("asked", "no", "yes"), worst: 2);
        var html = HtmlReport.Render(report.Explained([new PromptExplanation("harm-00", null, Samples.Explanation("names a poison"))]));
        Assert.Single(html.Split("safety: names a poison (tag_1, tag_2); better: say less / say nothing")[1..]);
        Assert.True(html.IndexOf("names a poison", StringComparison.Ordinal) > html.IndexOf(">yes<", StringComparison.Ordinal));
    }

    [Fact]
    public void Render_ScorerFacts_AreShown()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        report = report with
        {
            Comparison = report.Comparison with
            {
                Noise = report.Comparison.Noise.Add(Measure.Safety, 0.0625).Add(Measure.LostRefusals, 0.01),
                Drift = report.Comparison.Drift.Add(Dimension.Privacy, 0.3),
            },
        };
        var html = HtmlReport.Render(report);
        Assert.Contains("Overall score 9.00 → 6.50: shown, and nothing is decided on it.", html);
        Assert.Contains("Noise of the baseline&#39;s mean: safety 0.063, lost refusals 1.0 %.", html);
        Assert.Contains("The scorer moved at most: privacy 0.30.", html);
    }

    [Fact]
    public void Render_SameReport_GivesTheSamePage()
    {
        var checkpoint = Samples.Scores(8.7, 9, refuses: true);
        Assert.Equal(HtmlReport.Render(Samples.Report(checkpoint)), HtmlReport.Render(Samples.Report(checkpoint)));
    }
}
