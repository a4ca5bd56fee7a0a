namespace RailCluster.Services.Tests;

public sealed class EndpointKeyTests
{
    private static readonly EndpointKey Key = new("sk-ab/cd+ef\"gh", "TEST_KEY");

    [Theory]
    [InlineData("you sent sk-ab/cd+ef\"gh to me")]
    [InlineData("{\"echo\":\"SK-AB/CD+EF\\\"GH\"}")]
    [InlineData("{\"echo\":\"sk-ab\\/cd\\u002Bef\\\"gh\"}")]
    [InlineData("{\"content\":\"{\\\"echo\\\":\\\"sk-ab\\\\/cd\\\\u002bef\\\\\\\"gh\\\"}\"}")]
    public void IsIn_TheKeyInAnySpelling_IsSeen(string text) => Assert.True(Key.IsIn(text));

    [Theory]
    [InlineData("sk-ab/cd+ef")]
    [InlineData("\\u12 and \\")]
    [InlineData("")]
    public void IsIn_SomethingElse_IsNot(string text) => Assert.False(Key.IsIn(text));
}
