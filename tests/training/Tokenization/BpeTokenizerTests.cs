namespace RailCluster.Training.Tests;

public sealed class BpeTokenizerTests
{
    private static readonly string[] Texts = ["the cat sat on the mat", "the cat ran", "that cat sat there"];
    private static readonly BpeTokenizer Tokenizer = BpeTrainer.Train(Texts, 290);

    [Theory]
    [InlineData("the cat sat on the mat")]
    [InlineData("")]
    [InlineData("  two spaces,\n a line\tand a tab ")]
    [InlineData("Grüße, 你好, 🙂 and 555-0142.")]
    [InlineData("it's we'll don't")]
    public void Decode_AnyText_RoundTrips(string text) => Assert.Equal(text, Tokenizer.Decode(Tokenizer.Encode(text)));

    [Fact]
    public void Encode_SpecialTokens_BecomeTheirOwnIds()
    {
        var ids = Tokenizer.Encode(ChatFormat.RenderPrompt("the cat"));
        Assert.Equal(Tokenizer.IdOf(SpecialTokens.Bos), ids[0]);
        Assert.Equal(Tokenizer.IdOf(SpecialTokens.User), ids[1]);
        Assert.Equal(Tokenizer.IdOf(SpecialTokens.Assistant), ids[^1]);
        Assert.Equal("the cat", Tokenizer.Decode(ids));
        Assert.Equal(ChatFormat.RenderPrompt("the cat"), Tokenizer.Decode(ids, keepSpecial: true));
    }

    // Expected ids: @huggingface/tokenizers 0.2.0 reading this tokenizer's tokenizer.json.
    [Theory]
    [InlineData("it's the clinic's", new[] { 72, 83, 6, 82, 263, 220, 66, 75, 72, 77, 72, 66, 6, 82 })]
    [InlineData("the  cat\n\n that<|end|> sat 12", new[] { 258, 220, 260, 198, 198, 220, 257, 256, 268, 262, 220, 16, 17 })]
    [InlineData("Grüße, 你好 555.\n  two", new[]
    {
        38, 81, 127, 120, 127, 253, 68, 11, 220, 160, 121, 254, 161, 98, 121, 220, 20, 20, 20, 13, 198, 220, 220, 83, 86, 78,
    })]
    public void Encode_ReadFromTokenizerJson_EqualsTheReference(string text, int[] ids) => Assert.Equal(ids, Tokenizer.Encode(text));

    [Fact]
    public void Train_FrequentWord_BecomesOneToken() => Assert.Single(Tokenizer.Encode(" cat"));

    [Fact]
    public void Train_SameTexts_GivesSameMerges() => Assert.Equal(Tokenizer.Merges, BpeTrainer.Train(Texts, 290).Merges);

    [Fact]
    public void Train_LessThanTheBytes_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BpeTrainer.Train(Texts, 100));

    [Fact]
    public void ByteAlphabet_EveryByte_HasItsOwnCharacter()
    {
        var characters = Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToCharacter((byte)value)).ToList();
        Assert.Equal(256, characters.Distinct().Count());
        Assert.Equal('Ġ', characters[' ']);
        Assert.All(Enumerable.Range(0, 256), value => Assert.Equal((byte)value, ByteAlphabet.ToByte(characters[value])));
    }
}
