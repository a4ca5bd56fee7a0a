namespace RailCluster.Evaluation.Tests;

public sealed class SafeTextTests
{
    [Fact]
    public void Visible_ControlAndReorderingMarks_AreReplaced() =>
        Assert.Equal("a\uFFFD[31mb\uFFFDc\nd\te", SafeText.Visible("a\u001b[31mb\u202Ec\r\nd\te"));

    [Fact]
    public void Visible_BrokenSurrogate_IsReplaced() => Assert.Equal("x\uFFFDy", SafeText.Visible("x\ud83dy"));

    [Theory]
    [InlineData("abcde", 5, "abcde")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("abc\n d", 20, "abc  d")]
    [InlineData("abc\ud83d\ude00def", 5, "abc…")]
    public void Line_Text_IsCutBetweenCharacters(string text, int longest, string expected) => Assert.Equal(expected, SafeText.Line(text, longest));
}
