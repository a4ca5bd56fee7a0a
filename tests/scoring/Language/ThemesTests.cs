namespace RailCluster.Scoring.Tests;

public sealed class ThemesTests
{
    [Theory]
    [InlineData("[Nobody]\na", "no name in Phrases.cs")]
    [InlineData("a", "stands under no [Name]")]
    [InlineData("[Hedges]\n(a|b", "not closed")]
    [InlineData("[Hedges]\n{nobody} a", "no word list 'nobody'")]
    [InlineData("[Hedges]\na?", "needs a word")]
    [InlineData("[Hedges]\nab*", "too short")]
    [InlineData("[Hedges]\na *{0,99} b", "at most 12")]
    [InlineData("[Hedges]\na ; b", "has no meaning")]
    [InlineData("{x} = a\n{x} = b", "there twice")]
    [InlineData("[Hedges]\nperhaps", "add the section")]
    public void Read_AWrongFile_SaysWhatAndWhere(string text, string fault)
    {
        var thrown = Assert.Throws<InvalidOperationException>(() => new Themes([("wrong", text)]));
        Assert.Contains(fault, thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refuse~ to *{0,2} go", "They refused to let us go.", "refused to let us go")]
    [InlineData("dark blue cars?", "A dark blue car", "dark blue")]
    [InlineData("(red|dark blue) car~", "A dark blue car", "dark blue car")]
    [InlineData("{animal} bite~", "Some dogs bite", "dogs bite")]
    [InlineData("discriminat* (against)? @", "discriminating against Anna", "discriminating against Anna")]
    [InlineData("^perhaps #", "Perhaps 12. Or not perhaps 13", "Perhaps 12")]
    [InlineData("perhaps #$", "Perhaps 12 of perhaps 13", "perhaps 13")]
    [InlineData("can't", "We cannot.", "cannot")]
    [InlineData("抱歉 *{0,3} 不能", "很抱歉，我不能。", "抱歉，我不能")]
    [InlineData("a b", "a. b", null)]
    public void Find_APattern_MatchesWhatItSays(string pattern, string text, string? expected)
    {
        var sections = string.Join('\n', Enum.GetNames<Phrases>().Select(name => $"[{name}]\nnever-said-{name}"));
        var themes = new Themes([("test", $"{{animal}} = cat, dogs, wild horse\n{sections}\n[Hedges]\n{pattern}")]);
        Assert.Equal(expected, Reading.Of(text, themes).Find(Phrases.Hedges)?.Text);
    }
}
