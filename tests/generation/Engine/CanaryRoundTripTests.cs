using System.Text.Json.Nodes;

namespace RailCluster.Generation.Tests;

public sealed class CanaryRoundTripTests
{
    [Theory]
    [InlineData("default")]
    [InlineData("split")]
    [InlineData("llama")]
    [InlineData("gemma")]
    // These lose case and line ends by design, and keep what they wrote.
    [InlineData("bert")]
    [InlineData("words")]
    public void RoundTrip_TokenizerAsItWasMade_Passes(string name) => Assert.True(Canaries.RoundTrip(TestTokenizer.Load(name)).Passed);

    [Fact]
    public void RoundTrip_ByteLevelThatDropsSpaces_Fails()
    {
        ModelTokenizer tokenizer = TestTokenizer.LoadChanged(root => root["pre_tokenizer"] = JsonNode.Parse(
            """{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"ByteLevel","add_prefix_space":false,"use_regex":true}]}"""));

        Assert.False(Canaries.RoundTrip(tokenizer).Passed);
    }
}
