namespace RailCluster.Reports.Tests;

public sealed class HtmlTextTests
{
    [Fact]
    public void Escape_EveryMark_IsEscaped() => Assert.Equal("&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt; &amp;amp;", HtmlText.Escape("<a href=\"x\" b='y'> &amp;"));
}
