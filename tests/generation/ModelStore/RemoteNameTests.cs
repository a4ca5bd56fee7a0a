using CsCheck;

namespace RailCluster.Generation.Tests;

public sealed class RemoteNameTests
{
    [Theory]
    [InlineData("config.json")]
    [InlineData("onnx/model.onnx_data")]
    [InlineData("a/b/c/weights-00001.bin")]
    [InlineData("ümlaut.bin")]
    public void IsPlain_OrdinaryName_Passes(string name) => Assert.True(RemoteName.IsPlain(name));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData("a\\b")]
    [InlineData("c:a")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a.")]
    [InlineData(" a")]
    [InlineData("AUX")]
    [InlineData("x/com1.bin")]
    [InlineData("a?b")]
    public void IsPlain_OtherName_DoesNot(string name)
    {
        Assert.False(RemoteName.IsPlain(name));
        Assert.DoesNotContain('\n', RemoteName.Refusal(name));
    }

    [Fact]
    public void IsPlain_AnyText_NeverLeavesTheFolder() => Gen.String[Gen.Char["./\\:a~ \0\n"], 0, 12].Sample(name =>
    {
        string full = Path.GetFullPath(Path.Combine("/cache/model", name.Replace('\0', '/')));
        return !RemoteName.IsPlain(name) || (ConfinedPath.IsWithin(full, "/cache/model") && full == $"/cache/model/{name}");
    });

    [Fact]
    public void Escape_AnyPlainName_IsOnePathBelowTheFolder() => Gen.String[Gen.Char["ab/%#;@&=+ü.-"], 1, 12].Sample(name =>
        !RemoteName.IsPlain(name)
        || Uri.UnescapeDataString(new Uri(new Uri("https://a.example/m/"), RemoteName.Escape(name)).AbsolutePath) == $"/m/{name}");
}
