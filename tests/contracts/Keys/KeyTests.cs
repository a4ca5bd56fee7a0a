namespace RailCluster.Contracts.Tests;

public sealed class KeyTests
{
    private static readonly string Answers = new('a', 64);
    private static readonly string Content = new('c', 64);

    [Theory]
    [InlineData("nightly", "default", "nightly")]
    [InlineData("team-a/run.7_b", "team-a", "run.7_b")]
    [InlineData("0/9", "0", "9")]
    public void RunKeyParse_RunName_IsRead(string text, string project, string run) =>
        Assert.Equal(new RunKey(project, run), RunKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a/")]
    [InlineData("/a")]
    [InlineData("a/b/c")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData(".a")]
    [InlineData("-a")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("a/../b")]
    public void RunKeyParse_AgainstTheRule_NamesTheRule(string text)
    {
        var fault = Assert.Throws<FormatException>(() => RunKey.Parse(text));
        Assert.Contains($"'{text}'", fault.Message);
        Assert.Contains(RunKey.NameRule, fault.Message);
    }

    [Fact]
    public void RunKeyParse_LongestName_IsReadAndOneMoreIsNot()
    {
        Assert.Equal(64, RunKey.Parse(new string('a', 64)).Run.Length);
        Assert.Throws<FormatException>(() => RunKey.Parse(new string('a', 65)));
    }

    [Fact]
    public void Keys_AsText_AreReadBack()
    {
        var run = new RunKey("p", "r");
        var checkpoint = new CheckpointKey("p", Answers, Content);
        var shard = new ShardKey(checkpoint, 17);
        Assert.Equal(run, RunKey.Parse(run.ToString()));
        Assert.Equal(checkpoint, CheckpointKey.Parse(checkpoint.ToString()));
        Assert.Equal(shard, ShardKey.Parse(shard.ToString()));
        Assert.Equal($"p/{Answers}/{Content}/17", shard.ToString());
        Assert.Equal("cccccccccccc", checkpoint.Short);
    }

    [Fact]
    public void CheckpointKeyParse_NoCheckpointKey_IsRefused()
    {
        foreach (var text in (string[])["", "p", $"p/{Answers}", $"p/{Answers}/{Content}/1", $"p/{Answers[1..]}/{Content}", $"p/{Answers}/{Content}c"])
            Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => CheckpointKey.Parse(text)).Message);
    }

    [Fact]
    public void ShardKeyParse_NoShardKey_IsRefused()
    {
        foreach (var text in (string[])["", "1", "/1", $"p/{Answers}/{Content}", $"p/{Answers}/{Content}/", $"p/{Answers}/{Content}/-1", $"p/{Answers}/{Content}/x", $"p/{Answers}/1"])
            Assert.Throws<FormatException>(() => ShardKey.Parse(text));
    }

    [Fact]
    public void Dimensions_Keys_AreReadBackAndNothingElseIs()
    {
        Assert.All(Dimensions.All, dimension => Assert.True(Dimensions.TryParse(dimension.Key(), out var read) && read == dimension));
        Assert.Equal("user_impact", Dimension.UserImpact.Key());
        Assert.False(Dimensions.TryParse("UserImpact", out _));
        Assert.All(Measures.All, measure => Assert.True(Measures.TryParse(measure.Key(), out var read) && read == measure));
        Assert.All(Dimensions.All, dimension => Assert.Equal(dimension, dimension.AsMeasure().AsDimension()));
        Assert.Null(Measure.LostRefusals.AsDimension());
    }
}
