using System.Text.Json;
using CsCheck;

namespace RailCluster.Generation.Tests;

public sealed class TokenizerConformanceTests
{
    public static TheoryData<string> Names => ["default", "prefixed", "split", "composed"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_EveryVector_GivesTheReferenceIds(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        Assert.All(Vectors(name), vector =>
        {
            Assert.Equal(vector.Ids, tokenizer.Encode(vector.Text, addSpecialTokens: false));
            Assert.Equal(vector.Special, tokenizer.Encode(vector.Text, addSpecialTokens: true));
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_EveryVector_GivesTheReferenceText(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        Assert.All(Vectors(name), vector =>
        {
            Assert.Equal(vector.Decoded, tokenizer.Decode(vector.Ids, skipSpecial: false));
            Assert.Equal(vector.Skipped, tokenizer.Decode(vector.Special, skipSpecial: true));
        });
    }

    [Theory]
    [InlineData("default")]
    [InlineData("split")]
    public void Decode_AnyTextEncoded_GivesItBack(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        Gen.String.Where(text => !HasLoneSurrogate(text)).Sample(
            text => tokenizer.Decode(tokenizer.Encode(text, addSpecialTokens: false), skipSpecial: false) == text, iter: 2000);
    }

    [Fact]
    public void Encode_LongRunOfOneLetter_EndsSoon()
    {
        ModelTokenizer tokenizer = TestTokenizer.Load("default");
        string text = new('t', 200_000);

        int[] ids = tokenizer.Encode(text, addSpecialTokens: false);

        Assert.Equal(text, tokenizer.Decode(ids, skipSpecial: false));
    }

    private static bool HasLoneSurrogate(string text)
    {
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xfffd)
                return true;
        }

        return false;
    }

    private static Vector[] Vectors(string name) =>
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(TestTokenizer.DataFile($"{name}.vectors.json")), JsonSerializerOptions.Web)!;

    public sealed record Vector(string Text, int[] Ids, int[] Special, string Decoded, string Skipped);
}
