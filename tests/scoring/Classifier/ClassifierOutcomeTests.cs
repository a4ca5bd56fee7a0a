using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Generation.Tests;

namespace RailCluster.Scoring.Tests;

public sealed class ClassifierOutcomeTests
{
    private const string Sigmoid = """{"version":1,"input":"{response}","kind":"sigmoid","dimensions":{"safety":{"index":0}}}""";

    private static string Mapping(string kind, string safety) =>
        Sigmoid.Replace("sigmoid", kind, StringComparison.Ordinal).Replace("\"index\":0", safety, StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("good", 1)]
    [InlineData("good good bad", 1)]
    [InlineData("bad bad bad", -3)]
    [InlineData("good maybe", 1.5)]
    public async Task ScoreAsync_Sigmoid_IsTheProbabilityOnTheScale(string answer, double logit)
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid);

        var scored = Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, answer));

        Assert.Equal(Math.Round(Ask.Sigmoid(logit) * 10, 3), scored.Raw);
        Assert.Equal(Math.Round(Math.Abs((2 * Ask.Sigmoid(logit)) - 1), 3), scored.Confidence);
        Assert.Null(scored.Explanation);
    }

    [Theory]
    [InlineData("\"index\":[0,2]", 0, 10)]
    [InlineData("\"label\":[\"safe\",\"unsure\"]", 0, 10)]
    [InlineData("\"label\":[\"safe\",\"unsure\"],\"scale\":[9,2],\"confidence\":0.75", 9, 2)]
    public async Task ScoreAsync_SoftmaxOfSeveralOutputs_SumsTheirShares(string output, double low, double high)
    {
        using var model = new GuardModel { Config = new JsonObject { ["id2label"] = new JsonObject { ["0"] = "safe", ["1"] = "unsafe", ["2"] = "unsure" } } };
        await using var scorer = model.Open(Mapping("softmax", output));

        var scored = Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good good bad maybe"));

        // 1.5, -0.75, 2
        var share = (Math.Exp(1.5) + Math.Exp(2)) / (Math.Exp(1.5) + Math.Exp(-0.75) + Math.Exp(2));
        Assert.Equal(Math.Round(low + ((high - low) * share), 3), scored.Raw);
        Assert.Equal(output.Contains("0.75", StringComparison.Ordinal) ? 0.75 : Math.Round((2 * share) - 1, 3), scored.Confidence);
    }

    [Theory]
    [InlineData("good good", 2, "")]
    [InlineData("bad", -1, "")]
    [InlineData("bad bad bad bad bad", null, "")]
    [InlineData("bad bad bad bad bad", -4, ",\"outside\":\"clamp\"")]
    public async Task ScoreAsync_Linear_IsScoredInsideItsRangeAlone(string answer, int? value, string more)
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Mapping("linear", "\"index\":0,\"range\":[-4,4],\"confidence\":0.6" + more));

        var outcome = await Ask.SafetyAsync(scorer, answer);

        if (value is null) Assert.Contains("is -5, outside -4 to 4", Assert.IsType<ScoreOutcome.Failed>(outcome).Error, StringComparison.Ordinal);
        else Assert.Equal((1.25 * (value + 4), 0.6), (Assert.IsType<ScoreOutcome.Scored>(outcome).Raw, ((ScoreOutcome.Scored)outcome).Confidence));
        Assert.Equal(value is null ? 1 : 0, scorer.Stats.OutOfRange);
    }

    [Theory]
    [InlineData("good nan", "sigmoid")]
    [InlineData("inf", "sigmoid")]
    [InlineData("nan", "softmax")]
    [InlineData("good inf", "softmax")]
    public async Task ScoreAsync_OutputThatIsNoNumber_IsNamedAndCountedAndNeverAScore(string answer, string kind)
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid.Replace("sigmoid", kind, StringComparison.Ordinal));

        var failed = Assert.IsType<ScoreOutcome.Failed>(await Ask.SafetyAsync(scorer, answer));

        Assert.Equal(("the classifier's output 0 for safety is not a number", false), (failed.Error, failed.Retryable));
        Assert.Equal(1, scorer.Stats.NotNumbers);
        Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good"));
    }

    [Theory]
    [InlineData(OnnxGraphBuilder.Half, OnnxGraphBuilder.Int64)]
    [InlineData(OnnxGraphBuilder.Float, OnnxGraphBuilder.Int32)]
    public async Task ScoreAsync_OtherNumberTypes_AreRead(int output, int input)
    {
        using var model = new GuardModel { OutputType = output, InputType = input };
        await using var scorer = model.Open(Sigmoid);

        Assert.Equal(Math.Round(Ask.Sigmoid(1.5) * 10, 3), Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good maybe")).Raw);
    }

    [Fact]
    public async Task ScoreAsync_PairOfPromptAndAnswer_ReadsBoth()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid.Replace("\"{response}\"", "[\"{prompt}\",\"{response}\"]", StringComparison.Ordinal));

        Assert.Equal(Math.Round(Ask.Sigmoid(1.5) * 10, 3), Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good", prompt: "maybe")).Raw);
    }

    // The prompt goes first; an answer that spells a place is text.
    [Theory]
    [InlineData("bad bad bad bad", "good good", 2)]
    [InlineData("bad", "good good", 1)]
    [InlineData("bad bad", "good {prompt} {response}", 1)]
    public async Task ScoreAsync_TooLongOrSpellingPlaces_LosesThePromptFirst(string prompt, string answer, double logit)
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid.Replace("\"{response}\"", "\"{prompt} {response}\",\"max_length\":5", StringComparison.Ordinal));
        logit = answer.Contains('{') ? logit + (0.125 * 2) : prompt.Length > 4 ? logit - 1 : logit;

        Assert.Equal(Math.Round(Ask.Sigmoid(logit) * 10, 3), Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, answer, prompt)).Raw);
        Assert.Equal(prompt.Length > 4 ? 1 : 0, scorer.Stats.Shortened);
    }

    [Theory]
    [InlineData("", "the answer is empty")]
    [InlineData(" \n", "the answer is empty")]
    [InlineData("good good good good", "have 1 tokens more than the 5 that the classifier reads")]
    public async Task ScoreAsync_AnswerThatCannotBeRead_IsUnscorable(string answer, string reason)
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid.Replace("\"{response}\"", "\"{response}\",\"max_length\":5,\"truncation\":\"refuse\"", StringComparison.Ordinal));

        Assert.Contains(reason, Assert.IsType<ScoreOutcome.Unscorable>(await Ask.SafetyAsync(scorer, answer)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_EndlessAnswer_IsUnscorable()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid);

        Assert.Contains("characters", Assert.IsType<ScoreOutcome.Unscorable>(await Ask.SafetyAsync(scorer, new string('a', 200_001))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_DimensionsThatItDoesNotJudge_AreUnscorableAndTheOthersScored()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Sigmoid);

        var scored = await scorer.ScoreAsync(Ask.About("good", dimensions: [Dimension.Safety, Dimension.Privacy]), Token);

        Assert.Equal([Dimension.Safety], scorer.Judges);
        Assert.IsType<ScoreOutcome.Scored>(scored.Scores[Dimension.Safety]);
        Assert.Equal(new ScoreOutcome.Unscorable("this classifier does not judge privacy; it judges safety"), scored.Scores[Dimension.Privacy]);
        Assert.False(scored.HasFailures);
        Assert.Equal((scorer.Identity, null, null), (scored.Scorer, scored.Refused, scored.ResolvedMode));
    }

    [Theory]
    [InlineData("good", false)]
    [InlineData("bad", true)]
    [InlineData("nan", null)]
    public async Task ScoreAsync_OutputForRefusals_SaysWhetherTheAnswerDeclines(string answer, bool? declines)
    {
        using var model = new GuardModel();
        // NaN stands in output 0 alone; as a share it spoils all.
        await using var scorer = model.Open("""{"version":1,"input":"{response}","kind":"softmax","dimensions":{"safety":{"index":0}},"refused":{"index":1,"threshold":0.6}}""");

        Assert.Equal(declines, (await scorer.ScoreAsync(Ask.About(answer), Token)).Refused);
    }

    [Fact]
    public async Task ScoreAsync_DeepAndAuto_ExplainAndResolve()
    {
        using var model = new GuardModel { Config = new JsonObject { ["id2label"] = new JsonObject { ["0"] = "safe", ["1"] = "b", ["2"] = "c" } } };
        await using var scorer = model.Open(Sigmoid);

        Assert.Equal("sigmoid of output 0 (safe) is 0.731", Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good", mode: ScoringMode.Deep)).Explanation);
        Assert.Equal(ScoringMode.Basic, (await scorer.ScoreAsync(Ask.About("good", mode: ScoringMode.Auto), Token)).ResolvedMode);
    }
}
