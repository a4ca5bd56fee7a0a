using System.Diagnostics;

namespace RailCluster.Generation.Tests;

public sealed class TokenizerLimitTests
{
    // Quadratic work would take minutes.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Hostile
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in TestTokenizer.Names)
            {
                foreach (string unit in new[] { "t", " ", "the", "\u0301\u0323", "<", "\n " })
                    data.Add(name, unit);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Encode_LongRun_EndsSoon(string name, string unit)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        string text = string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length));
        long start = Stopwatch.GetTimestamp();

        int[] ids = tokenizer.Encode(text, addSpecialTokens: false);
        string back = tokenizer.Decode(ids, skipSpecial: false);

        Assert.True(Stopwatch.GetElapsedTime(start) < Soon, $"took {Stopwatch.GetElapsedTime(start)}");
        if (name == "default")
            Assert.Equal(text, back);
    }

    [Theory]
    [InlineData("unigram")]
    [InlineData("bert")]
    [InlineData("llama")]
    public void Encode_OneWordOfAMegabyte_EndsSoon(string name)
    {
        ModelTokenizer tokenizer = TestTokenizer.LoadChanged(
            root =>
            {
                if (name == "bert")
                    root["model"]!["max_input_chars_per_word"] = int.MaxValue;
            },
            name);
        long start = Stopwatch.GetTimestamp();

        int[] ids = tokenizer.Encode(string.Concat(Enumerable.Repeat("clinicdoctor", 90_000)), addSpecialTokens: false);

        Assert.True(ids.Length > 90_000);
        Assert.True(Stopwatch.GetElapsedTime(start) < Soon, $"took {Stopwatch.GetElapsedTime(start)}");
    }
}
