using System.Text.Json;

namespace RailCluster.Generation.Tests;

// The vectors are the outputs of the reference library (Rust), which Data/make-vectors.mjs records.
public sealed class TokenizerConformanceTests
{
    public static TheoryData<string> Names => [.. TestTokenizer.Names];

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
    [InlineData("default", "byte-level BPE")]
    [InlineData("falcon", "byte-level BPE")]
    [InlineData("llama", "BPE with byte fallback")]
    [InlineData("unknown", "BPE")]
    [InlineData("unigram", "Unigram")]
    [InlineData("unigrambytes", "Unigram with byte fallback")]
    [InlineData("bert", "WordPiece")]
    [InlineData("words", "WordLevel")]
    public void Kind_EachModel_IsSaidInWords(string name, string kind) => Assert.Equal(kind, TestTokenizer.Load(name).Kind);

    private static Vector[] Vectors(string name) =>
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(TestTokenizer.DataFile($"{name}.vectors.json")), JsonSerializerOptions.Web)!;

    public sealed record Vector(string Text, int[] Ids, int[] Special, string Decoded, string Skipped);
}
