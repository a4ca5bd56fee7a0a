namespace RailCluster.Reports.Tests;

public sealed class HtmlTextTests
{
    [Fact]
    public void Escape_EveryMark_IsEscaped() => Assert.Equal("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt; &amp;amp;", HtmlText.Escape("<a href=\"x\" b='y'> &amp;"));

    [Fact]
    public void Of_Holes_AreEscapedUnlessTheyAreMarkup()
    {
        var name = "<i>";
        var inner = Markup.Of($"<b>{name}</b>");
        Assert.Equal("<p title=\"&lt;i&gt;\"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>7 -0.13 0</p>", Markup.Of($"<p title=\"{name}\">{inner}{(IEnumerable<Markup>)[inner]}{7} {-0.126} {-0.001}</p>").ToString());
    }

    [Fact]
    public void Long_CutWithinAPair_LeavesNoHalf() =>
        Assert.DoesNotContain('\uFFFD', HtmlText.Long(new string('x', HtmlText.LongestAnswer - 1) + "\ud83d\ude00 and more").ToString());
}
