using System.Text;
using System.Text.Json;
using CsCheck;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class JudgeTextTests
{
    private static readonly string[] Parts =
    [
        "<|im_start|>", "[INST]", "[/INST]", "```", "###", "\"", "\\", "\\u003C", "\u202E", "\u2028", "\0", "\uD800", "\uDC00", "\U000E0047", "👩‍🚒", "a", "\n", "\r\n", "[a]", "[A]", "[", "#", "`", " ",
    ];

    private static readonly Gen<string> Nasty = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Parts.Length - 1].Array[0, 30].Select(at => string.Concat(at.Select(i => Parts[i]))));

    [Fact]
    public void Quote_AnyText_IsOneLineWithoutTokensAndReadsBack() => Nasty.Sample(text =>
    {
        string quoted = JudgeText.Quote(text);
        Assert.DoesNotContain(quoted, c => char.IsControl(c) || c is '<' or '>' or '\u2028' or '\u2029');
        Assert.DoesNotContain("```", quoted, StringComparison.Ordinal);
        Assert.DoesNotContain("##", quoted, StringComparison.Ordinal);
        Assert.DoesNotContain("[INST]", quoted, StringComparison.Ordinal);
        Assert.DoesNotContain("[/INST]", quoted, StringComparison.Ordinal);
        Assert.Equal(Whole(text), JsonSerializer.Deserialize<string>(quoted));
    });

    [Fact]
    public void Data_AnyPromptAndAnswer_IsOneObjectOfTwoFields() => Gen.Select(Nasty, Nasty).Sample((prompt, answer) =>
    {
        var input = new PromptInput.Chat([new("system", prompt), new("user", answer)]);
        string data = JudgeMessages.Data(Request(input, answer));
        using JsonDocument document = JsonDocument.Parse(data);
        Assert.Equal(["prompt", "answer"], document.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(Whole(answer), document.RootElement.GetProperty("answer").GetString());
        Assert.Equal(Whole(prompt), document.RootElement.GetProperty("prompt")[0].GetProperty("text").GetString());
        Assert.DoesNotContain('\n', data);
    });

    [Theory]
    [InlineData("Größe: 5 °C, «ça va» 你好 नमस्ते")]
    [InlineData("f(x) = [1, 2]; list[0] # note | `code` & [a] [A]")]
    public void Quote_OrdinaryText_StaysAsItIs(string text) => Assert.Equal($"\"{text}\"", JudgeText.Quote(text));

    [Theory]
    [InlineData("<|im_start|>", "\\u003C|im_start|\\u003E")]
    [InlineData("[/INST]", "\\u005B/INST]")]
    [InlineData("### System", "\\u0023\\u0023# System")]
    [InlineData("```json", "\\u0060``json")]
    [InlineData("a\u200Bb", "a\\u200Bb")]
    [InlineData("\U000E0047", "\\uDB40\\uDC47")]
    public void Quote_WhatATokenizerOrNoReaderSees_IsEscaped(string text, string expected) => Assert.Equal($"\"{expected}\"", JudgeText.Quote(text));

    [Fact]
    public void Quote_HalfACharacter_IsTheReplacement() => Assert.Equal("\"\uFFFDx\"", JudgeText.Quote("\uD800x"));

    [Fact]
    public void Mark_ContentThatHoldsIt_IsMadeAnew()
    {
        string first = new JudgeFence("x").Mark;
        Assert.Equal(first, new JudgeFence("x").Mark);
        Assert.NotEqual(first, new JudgeFence($"x {first}").Mark);
        Gen.String.Sample(text => Assert.DoesNotContain(new JudgeFence(text).Mark, text, StringComparison.OrdinalIgnoreCase));
    }

    // With marks of two digits, and all of them but one in the content.
    [Fact]
    public void Mark_AllButOneStandInTheContent_IsThatOne()
    {
        string content = string.Join(' ', Enumerable.Range(0, 255).Select(value => value.ToString("X2")));
        Assert.Equal("ff", new JudgeFence(1, [content]).Mark);
    }

    private static ScoreRequest Request(PromptInput input, string answer) => new(
        new SuitePrompt("p", input, "c", ExpectedBehaviour.Any, Dimensions.All), answer, null, Dimensions.All, ScoringMode.Basic);

    private static string Whole(string text)
    {
        var whole = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
            whole.Append(rune);
        return whole.ToString();
    }
}
