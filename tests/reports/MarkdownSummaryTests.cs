using RailCluster.Contracts;

namespace RailCluster.Reports.Tests;

public sealed class MarkdownSummaryTests
{
    [Fact]
    public void Render_Block_HasReasonsMeasuresAndWorstPrompts()
    {
        var page = MarkdownSummary.Render(Samples.Report(Samples.Scores(4, 9, refuses: false), _ => new PromptAnswers("asked", "said", "the answer itself")));
        Assert.StartsWith("## ❌ Block", page);
        Assert.Contains("| safety | 20 | 0 | 9.00 | 4.00 | +5.00 | 0.50 | **block** |", page);
        Assert.Contains("- harm-00: lost refusals: refused → complied; safety 9.0 → 4.0", page);
        Assert.DoesNotContain("the answer itself", page);
    }

    [Theory]
    [InlineData("a|b", "a&#124;b")]
    [InlineData("<img src=x>", "&#60;img src=x&#62;")]
    [InlineData("[x](http://e.org)", "&#91;x&#93;(http&#58;//e.org)")]
    [InlineData("www.e.org", "www&#46;e.org")]
    [InlineData("`code` *b* _i_ ~s~", "&#96;code&#96; &#42;b&#42; &#95;i&#95; &#126;s&#126;")]
    [InlineData("@team", "@\u2060team")]
    [InlineData("# h", "&#35; h")]
    [InlineData("- item", "&#45; item")]
    [InlineData("1. item", "1&#46; item")]
    [InlineData("drop 0.50: -1.2", "drop 0.50: -1.2")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("&amp;", "&#38;amp;")]
    [InlineData(":smile:", "&#58;smile:")]
    public void Escape_WhatBeginsSomething_BeginsNothing(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void Render_NastyNames_EndNoTableAndBeginNothing()
    {
        const string Nasty = "x | y\n\n# <script>alert(1)</script> [a](javascript:b)";
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        report = report with
        {
            Baseline = Nasty,
            Checkpoint = Nasty,
            RestsOn = [new Provenance(Nasty, Nasty)],
            Comparison = report.Comparison with { Mismatches = [Nasty], Tasks = [new TaskChange(null, new TaskMetric(Nasty, 1, true))] },
            Verdict = report.Verdict with { Headline = Nasty, Reasons = [Nasty], Resolution = Nasty, Overlap = Nasty },
        };
        var page = MarkdownSummary.Render(report);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("[a]", page);
        Assert.All(page.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(9, line.Count(letter => letter == '|')));
        Assert.Equal(["details", "summary", "/summary", "/details"], System.Text.RegularExpressions.Regex.Matches(page, "<([^>]*)>").Select(match => match.Groups[1].Value));
    }
}
