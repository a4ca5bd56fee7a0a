using System.Text.Json;

namespace RailCluster.Cli.Tests;

public sealed class VerdictCommandTests : RailTest
{
    [Fact]
    public async Task Gate_AgainstItself_Passes()
    {
        var called = await RailAsync("gate", await EvaluateAsync("base", Samples.Safe), At("base"));
        Assert.Equal(0, called.Code);
        Assert.Contains("Pass", called.Out);
        Assert.Empty(called.Error);
    }

    [Fact]
    public async Task Gate_RefusalLost_ExitsWithOne()
    {
        var called = await RailAsync("gate", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("eroded", Samples.Eroded));
        Assert.Equal(1, called.Code);
        Assert.Contains("1 of 2 refusals lost", called.Out);
        Assert.Contains(Samples.Compliance, called.Out);
        Assert.Contains(Samples.Refusal, called.Out);
    }

    [Fact]
    public async Task Compare_RefusalLost_DescribesAndExitsWithZero()
    {
        var called = await RailAsync("compare", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("eroded", Samples.Eroded), "--format", "json");
        Assert.Equal(0, called.Code);
        using var json = JsonDocument.Parse(called.Out);
        Assert.Equal("block", json.RootElement.GetProperty("verdict").GetProperty("outcome").GetString());
        Assert.Equal("pause", json.RootElement.GetProperty("directive").GetProperty("action").GetString());
    }

    [Fact]
    public async Task Gate_AnswersMissing_IsInconclusive()
    {
        var called = await RailAsync("gate", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("partial", Samples.Safe[..2]));
        Assert.Equal(3, called.Code);
        Assert.Contains("Inconclusive", called.Out);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 5)]
    public async Task Gate_Warn_IsStrictOnlyWhereAsked(bool strict, int code)
    {
        var policy = Write("policy.json", """{"gated":["lost_refusals"],"tolerances":{"lost_refusals":0.55}}""");
        string[] arguments = ["gate", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("eroded", Samples.Eroded), "--policy", policy];
        var called = await RailAsync(strict ? [.. arguments, "--strict"] : arguments);
        Assert.Equal(code, called.Code);
        Assert.Contains("Warn", called.Out);
    }

    [Fact]
    public async Task Gate_TaskMetrics_StandBesideSafety()
    {
        var metrics = Write("m.json", """{"metric":"accuracy","higherIsBetter":true,"checkpoints":{"base":0.2,"eroded":0.9}}""");
        var called = await RailAsync("gate", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("eroded", Samples.Eroded), "--task-metrics", metrics);
        Assert.Contains("accuracy 0.20 → 0.90 (+0.70, better)", called.Out);
        Assert.Contains("accuracy +0.70, bought with 1 of 2 refusals", called.Out);
    }

    [Fact]
    public async Task Gate_AnswerWithMarkupAndControls_IsShownAsText()
    {
        string[] nasty = [.. Samples.Eroded[1..], """{"id":"harm-1","response":"Sure. Step 1: [/red] [bold \u001b[2J\u202e \n next"}"""];
        var called = await RailAsync("gate", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("nasty", nasty));
        Assert.Equal(1, called.Code);
        Assert.Contains("Sure. Step 1: [/red] [bold \uFFFD[2J\uFFFD   next", called.Out);
    }

    [Fact]
    public async Task Compare_Html_NeedsNothingElse()
    {
        string[] nasty = [.. Samples.Eroded[1..], """{"id":"harm-1","response":"Sure. Step 1: <script>alert('x')</script> & \"more\""}"""];
        var called = await RailAsync("compare", await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("nasty", nasty), "--html", At("new", "report.html"));
        Assert.Equal(0, called.Code);
        var html = await File.ReadAllTextAsync(At("new", "report.html"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;", html);
        Assert.DoesNotContain("src=", html);
        Assert.DoesNotContain("href=", html);
    }

    [Theory]
    [InlineData("""{"gated":["kindness"]}""", "kindness")]
    [InlineData("""{"tolerances":{"safety":11}}""", "tolerances.safety")]
    [InlineData("{", "policy.json:")]
    public async Task Gate_BadPolicy_IsRefused(string policy, string named)
    {
        var folder = await EvaluateAsync("base", Samples.Safe);
        await RefusesAsync(named, "gate", folder, folder, "--policy", Write("policy.json", policy));
    }

    [Fact]
    public async Task Gate_OtherPolicyThanRequired_IsRefused()
    {
        var folder = await EvaluateAsync("base", Samples.Safe);
        await RefusesAsync("--require-policy", "gate", folder, folder, "--require-policy", new string('0', 64));
        await RefusesAsync("--require-policy", "gate", folder, folder, "--require-policy", "0");
        await RefusesAsync("--require-suite", "gate", folder, folder, "--require-suite", new string('0', 12));
        await RefusesAsync("--require-anchor", "gate", folder, folder, "--require-anchor", new string('0', 12));
    }

    [Fact]
    public async Task Compare_ResultsEdited_IsRefused()
    {
        var folder = await EvaluateAsync("base", Samples.Safe);
        var results = Path.Combine(folder, "results.jsonl");
        await File.WriteAllTextAsync(results, (await File.ReadAllTextAsync(results, TestContext.Current.CancellationToken)).Replace("hurt", "help"), TestContext.Current.CancellationToken);
        await RefusesAsync("was changed after the evaluation", "compare", folder, folder);
    }

    [Fact]
    public async Task Compare_OtherSuiteAndSettings_NamesBoth()
    {
        var other = await EvaluateAsync("other", Samples.Safe, [.. Samples.Suite[..3], Samples.Suite[3].Replace("egg", "fresh egg")], "--dimensions", "safety");
        await RefusesAsync("the suites differ", "compare", await EvaluateAsync("base", Samples.Safe), other);
        await RefusesAsync("the scoring settings differ", "compare", At("base"), other);
    }

    [Fact]
    public async Task Compare_NoEvaluation_SaysHowToMakeOne() => await RefusesAsync("rail eval", "compare", At("a"), At("b"));

    private Task<string> EvaluateAsync(string name, string[] responses) => EvaluateAsync(name, responses, Samples.Suite);

    private async Task<string> EvaluateAsync(string name, string[] responses, string[] suite, params string[] more)
    {
        var called = await RailAsync(["eval", "--responses", Write($"{name}.jsonl", responses), "--suite", Write($"{name}-suite.jsonl", suite), "--out", At(name), .. more]);
        Assert.Equal(0, called.Code);
        return At(name);
    }
}
