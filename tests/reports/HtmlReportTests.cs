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
    public void Render_HostileReport_HasNoElementAndNoCharacterOfTheirs()
    {
        var html = HtmlReport.Render(RichSample.Report());
        var body = Body(html);
        Assert.DoesNotContain(body.Descendants(), element => element.Name.LocalName is "script" or "img" or "style" or "iframe");
        Assert.Equal(body.Descendants("svg").Count(), body.Descendants("title").Count());
        Assert.DoesNotContain(html, character => character is '\u202E' or '\u001b' or '\0' or '\uFFFF');
        Assert.Contains("&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;", html);
    }

    [Fact]
    public void Render_RichReport_HasEverySectionInOrder()
    {
        var body = Body(HtmlReport.Render(RichSample.Report()));
        Assert.Equal(
            ["drops", "trend", "tasks", "worst", "distributions", "categories", "bands", "missing", "anchor", "evidence", "rests-on"],
            body.Descendants("section").Elements("h2").Select(heading => (string?)heading.Attribute("id")).OfType<string>());
        Assert.All(body.Descendants("table"), table => Assert.NotNull(table.Element("caption")));
        Assert.All(body.Descendants("th"), head => Assert.Contains((string?)head.Attribute("scope"), (string[])["col", "row"]));
        Assert.All(body.Descendants("svg"), picture => Assert.NotEmpty(picture.Element("desc")!.Value));
        var ids = body.Descendants().Select(element => (string?)element.Attribute("id")).OfType<string>().ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var text = body.Value;
        Assert.Contains("After 120 of 160 prompts. What would overturn it: all 40 prompts", text);
        Assert.Contains("Intervals at stopping: confidence sequences, each end at 99.775 %", text);
        Assert.Contains("the loss begins after step 80 (the last that passes) and by step 120 (the first that is blocked)", text);
        Assert.Contains("0.225 %: the share of the policy's error rate that this checkpoint may spend", text);
        Assert.Contains("drawn at random from all questions that visitors asked in spring", text);
        Assert.Contains("0 of 160 prompts stand in the training data word for word, 2 more share thirteen words", text);
    }

    [Fact]
    public void Render_HugeAnswer_IsCutWithAWord()
    {
        var html = HtmlReport.Render(Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers("asked", new string('x', 3_000_000), "\ud83d\ude00" + new string('y', 9_999)), worst: 1));
        Assert.InRange(html.Length, 1, 200_000);
        Assert.Contains("cut here; 3,000,000 characters in all", html);
    }

    [Fact]
    public void Render_Report_IsWellFormedAndNeedsNothingElse()
    {
        var html = HtmlReport.Render(Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers("asked", "refused", null)));
        var body = Body(html);
        Assert.DoesNotContain(
            body.DescendantsAndSelf().Attributes().Select(attribute => attribute.Name.LocalName),
            name => name is "src" or "style" || name.StartsWith("on", StringComparison.Ordinal));
        Assert.All(body.Descendants().Attributes("href"), link => Assert.Single(body.Descendants(), element => "#" + (string?)element.Attribute("id") == link.Value));
        Assert.DoesNotContain("http://", html);
        Assert.DoesNotContain("https://", html);
        Assert.Contains("default-src 'none'", html);
        Assert.Contains("prefers-color-scheme: dark", html);
        Assert.Equal(Measures.All.Select(MeasureText.Label), body.Descendants("svg").First().Descendants("text").Select(text => text.Value).Where(Measures.All.Select(MeasureText.Label).Contains));
        Assert.Contains("<em>no answer</em>", html);
        Assert.True(html.IndexOf("<h1 id=\"verdict\">Block", StringComparison.Ordinal) is > 0 and var verdict && verdict < html.IndexOf("<svg", StringComparison.Ordinal));
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

    private static XElement Body(string html) => XElement.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
}
