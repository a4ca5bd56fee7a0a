using CsCheck;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class JudgeReaderTests
{
    private const string Sound = """{"mark":"MARK","scores":{"safety":{"not_applicable":false,"score":7.5,"confidence":0.8},"privacy":{"not_applicable":true,"score":null,"confidence":1}}}""";

    [Fact]
    public void Read_SoundReply_IsTheVerdict()
    {
        (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(Sound);
        Assert.Empty(faults);
        Assert.Equal((7.5, 0.8), (verdict!.Findings[Dimension.Safety].Score, verdict.Findings[Dimension.Safety].Confidence));
        Assert.Null(verdict.Findings[Dimension.Privacy].Score);
    }

    [Theory]
    [InlineData("```json\n{0}\n```")]
    [InlineData("```\n{0}\n```")]
    [InlineData("  \n{0}\n ")]
    [InlineData("<think>A 10? {\"scores\":{}} No.</think>\n{0}")]
    [InlineData("\n<think>\n</think>\n\n```json\n{0}\n```\n")]
    public void Read_KnownWrapping_IsTakenOff(string wrapping) => Assert.Equal(7.5, Read(wrapping.Replace("{0}", Sound, StringComparison.Ordinal)).Verdict!.Findings[Dimension.Safety].Score);

    [Theory]
    [InlineData("Here it is: {0}")]
    [InlineData("{0} I hope this helps.")]
    [InlineData("{0}{0}")]
    [InlineData("```json\n{0}\n```\nSo much for that.")]
    [InlineData("<think>still thinking {0}")]
    [InlineData("[{0}]")]
    [InlineData("'{0}'")]
    public void Read_AnythingElseAround_IsNoVerdict(string wrapping)
    {
        (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(wrapping.Replace("{0}", Sound, StringComparison.Ordinal));
        Assert.Null(verdict);
        Assert.Contains(faults[0].Name, (string[])["not_json", "no_object"]);
    }

    [Theory]
    [InlineData("7.5", "11", "score_out_of_range", "safety.score is 11, outside 0 to 10")]
    [InlineData("7.5", "-1", "score_out_of_range", "safety.score is -1, outside 0 to 10")]
    [InlineData("7.5", "10.0001", "score_out_of_range", "safety.score is 10.0001, outside 0 to 10")]
    [InlineData("7.5", "1e999", "score_out_of_range", "safety.score is 1e999, outside 0 to 10")]
    [InlineData("7.5", "NaN", "not_a_number", "the reply holds NaN, which is no number")]
    [InlineData("7.5", "-Infinity", "not_a_number", "the reply holds -Infinity, which is no number")]
    [InlineData("7.5", "\"NaN\"", "score_not_a_number", "safety.score is the text \"NaN\", not a number")]
    [InlineData("7.5", "\"7.5\"", "score_not_a_number", "safety.score is the text \"7.5\", not a number")]
    [InlineData("7.5", "null", "score_not_a_number", "safety.score is null, not a number")]
    [InlineData("7.5", "true", "score_not_a_number", "safety.score is true, not a number")]
    [InlineData("7.5", "[7]", "score_not_a_number", "safety.score is an array, not a number")]
    [InlineData("7.5", "{\"v\":7}", "score_not_a_number", "safety.score is an object, not a number")]
    [InlineData("7.5", "07", "not_json", "is not JSON")]
    [InlineData("0.8", "1.5", "confidence_out_of_range", "safety.confidence is 1.5, outside 0 to 1")]
    [InlineData("0.8", "\"high\"", "confidence_not_a_number", "safety.confidence is the text \"high\", not a number")]
    [InlineData("MARK", "000000000000", "wrong_mark", "the mark is not the one asked for")]
    [InlineData("\"MARK\"", "7", "wrong_mark", "the mark is not the one asked for")]
    [InlineData("\"mark\":\"MARK\",", "", "field_missing", "the reply has no mark")]
    [InlineData("\"score\":7.5,", "", "field_missing", "safety has no score")]
    [InlineData("\"not_applicable\":false,", "", "field_missing", "safety has no not_applicable")]
    [InlineData("\"score\":7.5,", "\"score\":7.5,\"score\":9,", "field_twice", "the reply names a field twice")]
    [InlineData("\"score\":7.5,", "\"score\":7.5,\"note\":\"x\",", "field_unknown", "safety has a field that was not asked for: note")]
    [InlineData("\"safety\"", "\"fairness\"", "field_missing", "scores has no safety")]
    [InlineData("\"scores\":{", "\"scores\":{\"fairness\":{\"not_applicable\":false,\"score\":1,\"confidence\":1},", "field_unknown", "scores has a field that was not asked for: fairness")]
    [InlineData("\"not_applicable\":false,\"score\":7.5", "\"not_applicable\":true,\"score\":null", "always_applies", "safety always applies")]
    [InlineData("\"not_applicable\":true,\"score\":null", "\"not_applicable\":true,\"score\":5", "score_and_none", "privacy has a score and is not applicable")]
    [InlineData("\"not_applicable\":true,\"score\":null", "\"not_applicable\":false,\"score\":null", "score_not_a_number", "privacy.score is null, not a number")]
    [InlineData("\"not_applicable\":false", "\"not_applicable\":\"no\"", "not_applicable_unclear", "safety.not_applicable is the text \"no\", neither true nor false")]
    [InlineData(Sound, "", "empty", "the reply is empty")]
    [InlineData(Sound, "[]", "no_object", "the reply is no JSON object")]
    [InlineData(Sound, "Ten.", "not_json", "is not JSON")]
    public void Read_ReplyWithAFault_IsNamedAndNoScore(string part, string instead, string name, string words)
    {
        (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(Replace(part, instead));
        Assert.Null(verdict);
        Assert.Contains(faults, fault => fault.Name == name && fault.Words.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_SeveralFaults_AreAllNamed()
    {
        string reply = Sound.Replace("7.5", "11", StringComparison.Ordinal).Replace("\"confidence\":1}", "\"confidence\":2}", StringComparison.Ordinal).Replace("MARK", "x", StringComparison.Ordinal);
        Assert.Equal(["wrong_mark", "score_out_of_range", "confidence_out_of_range"], Read(reply).Faults.Select(fault => fault.Name));
    }

    [Fact]
    public void Read_TextOfTheModel_IsQuotedShortAndHarmless()
    {
        string reply = Sound.Replace("7.5", $"\"\\u202e\\u001b[2J{new string('x', 5000)}\"", StringComparison.Ordinal);
        string words = Assert.Single(Read(reply).Faults).Words;
        Assert.True(words.Length < 100);
        Assert.DoesNotContain(words, c => char.IsControl(c) || c == '\u202e');
    }

    [Fact]
    public void Read_NegativeZero_IsZero() => Assert.Equal(0, BitConverter.DoubleToInt64Bits(Read(Replace("7.5", "-0.0")).Verdict!.Findings[Dimension.Safety].Score!.Value));

    // Whatever a model writes: a score inside the scale, or faults, and never an exception.
    [Fact]
    public void Read_AnyDamage_IsAVerdictOrAFault() => Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[0, 20], Gen.String[0, 10]).Sample((at, cut, put) =>
    {
        string reply = Sound[..at] + put + Sound[Math.Min(Sound.Length, at + cut)..];
        (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(reply);
        Assert.Equal(verdict is null, faults.Count > 0);
        Assert.All(verdict?.Findings.Values ?? [], finding => Assert.True(finding.Score is null or (>= 0 and <= 10)));
    });

    private static string Replace(string part, string instead)
    {
        int at = Sound.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return Sound[..at] + instead + Sound[(at + part.Length)..];
    }

    private static (JudgeVerdict? Verdict, IReadOnlyList<JudgeFault> Faults) Read(string reply)
    {
        var request = new ScoreRequest(
            new SuitePrompt("p", new PromptInput.Text("q"), "c", ExpectedBehaviour.Any, Dimensions.All), "a", null, [Dimension.Safety, Dimension.Privacy], ScoringMode.Basic);
        JudgeQuestion question = JudgeMessages.Of(request, deep: false, hasSystemRole: true);
        return JudgeReader.Read(reply.Replace("MARK", question.Mark, StringComparison.Ordinal), question);
    }
}
