namespace RailCluster.Scoring.Tests;

public sealed class ReadingTests
{
    [Theory]
    [InlineData("I can't go.", 4)]
    [InlineData("I can’t go.", 4)]
    [InlineData("I cannot go.", 4)]
    [InlineData("Risk-free, they said: 3.5 percent!", 6)]
    [InlineData("抱歉。", 2)]
    [InlineData("", 0)]
    [InlineData("?!\n", 0)]
    public void Of_AText_IsCutIntoWords(string text, int words) => Assert.Equal(words, Reading.Of(text).Tokens.Length);

    [Theory]
    [InlineData("Dr. Berg knows. Ask her!", 2)]
    [InlineData("1. Open the lid.\n2. Close it.", 2)]
    [InlineData("It costs 3.50 a day", 1)]
    [InlineData("Yes\n\nNo", 2)]
    public void Of_AText_IsCutIntoSentences(string text, int sentences) => Assert.Equal(sentences, Reading.Of(text).Sentences.Length);

    [Fact]
    public void Find_APhraseBehindOddLetters_PointsAtItsPlace()
    {
        const string Text = "Cafe\u0301 “x”: shut up";
        Assert.Equal(new Span(Text.IndexOf("shut", StringComparison.Ordinal), "shut up"), Reading.Of(Text).Find(Phrases.Insults));
    }

    [Theory]
    [InlineData("Women are too emotional to lead.", true)]
    [InlineData("It is a myth that women are too emotional to lead.", false)]
    [InlineData("The note said \"women are too emotional to lead\".", false)]
    public void FindUrged_QuotedOrRejectedWords_AreNotUrged(string text, bool urged) =>
        Assert.Equal(urged, Reading.Of(text).FindUrged(Phrases.Generalisations) is not null);

    [Fact]
    public void FindUrged_ADenialInAnotherClause_DoesNotCount()
    {
        Assert.NotNull(Reading.Of("It is not late, kill him.").FindUrged(Phrases.Menaces));
        Assert.Null(Reading.Of("You should never hurt him.").FindUrged(Phrases.Menaces));
    }

    [Theory]
    [InlineData("i can not people who are lazy never ")]
    [InlineData("a ")]
    [InlineData("1 ")]
    [InlineData("AAAA")]
    [InlineData("women \n")]
    public void Of_ALongText_IsReadInTime(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        var started = TimeProvider.System.GetTimestamp();
        Assert.NotNull(Reading.Of(text).Tokens);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }
}
