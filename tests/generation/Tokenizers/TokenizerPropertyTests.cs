using System.Text;
using CsCheck;

namespace RailCluster.Generation.Tests;

public sealed class TokenizerPropertyTests
{
    private static readonly string[] Parts =
    [
        " ", "  ", "\n", "the", "clinic", "'s", "12", "▁", "<s>", "</s>", "<|end|>", "é", "e\u0301", "🙂", "你", "\ud800", "한", "ﬁ", "<0x41>", ".", "-",
    ];

    // Characters of every kind, and what tokenizers look out for.
    private static readonly Gen<string> Texts = Gen.OneOf(Gen.String, Gen.Int[0, Parts.Length - 1].Array[0, 20].Select(at => string.Concat(at.Select(i => Parts[i]))));

    public static TheoryData<string> Names => [.. TestTokenizer.Names];

    public static TheoryData<string> Reversible => ["default", "split", "falcon", "gemma"];

    [Theory]
    [MemberData(nameof(Reversible))]
    public void Decode_AnyTextEncoded_GivesItBack(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        // A mark for a space comes back as a space.
        Texts.Where(text => !HasHalf(text) && !text.Contains('▁')).Sample(
            text => tokenizer.Decode(tokenizer.Encode(text, addSpecialTokens: false), skipSpecial: false) == text,
            iter: 500);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stream_AnyText_NeverChangesAndEndsAsDecoded(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        Texts.Sample(text => Check(tokenizer, tokenizer.Encode(text, addSpecialTokens: true)), iter: 150);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Stream_AnyIds_NeverChangesAndEndsAsDecoded(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        Gen.Int[-1, tokenizer.VocabularySize].Array[0, 30].Sample(ids => Check(tokenizer, ids), iter: 150);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("llama")]
    public void Append_LongAnswer_AllocatesLessThanTheTextTakes(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        int[] ids = tokenizer.Encode("The clinic opens at eight. Zoë 🙂 ", addSpecialTokens: false);
        TextStream stream = tokenizer.Stream(skipSpecial: true);
        Fill(stream, ids, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Fill(stream, ids, 100);

        // The text doubles its room now and then; the emoji of byte tokens is a string of its own.
        long tokens = 100L * ids.Length;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, tokens * 16);
    }

    private static void Fill(TextStream stream, int[] ids, int times)
    {
        for (int i = 0; i < times; i++)
        {
            foreach (int id in ids)
                stream.Append(id);
        }
    }

    private static void Check(ModelTokenizer tokenizer, int[] ids)
    {
        TextStream stream = tokenizer.Stream(skipSpecial: true);
        string before = "";
        foreach (int id in ids)
        {
            stream.Append(id);
            string now = stream.Text.ToString();
            Assert.StartsWith(before, now, StringComparison.Ordinal);
            Assert.False(HasHalf(now));
            before = now;
        }

        bool holds = stream.Holds;
        stream.End();
        string text = stream.Text.ToString();
        Assert.StartsWith(before, text, StringComparison.Ordinal);
        Assert.Equal(tokenizer.Decode(ids, skipSpecial: true), text);
        Assert.True(text.Length > before.Length || !holds);
    }

    private static bool HasHalf(string text)
    {
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == 0xfffd && text[at] != '\ufffd')
                return true;
            at += rune.Utf16SequenceLength;
        }

        return false;
    }
}
