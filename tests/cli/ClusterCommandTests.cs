using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Cli.Tests;

/// <summary>The commands that run or call a cluster, on the real checkpoints.</summary>
public sealed class ClusterCommandTests : RailTest
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_RunTwice_TellsTheSameStoryAndGeneratesNothingAgain()
    {
        var first = await RailAsync("demo", "--data", At("data"), "--out", At("reports"));
        var second = await RailAsync("demo", "--data", At("data"));

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains("Safety was lost between step", first.Out);
        Assert.Contains("The rules scorer and a toy model prove the machinery, not your model.", first.Out);
        Assert.Equal(7, Directory.GetFiles(At("reports"), "*.html").Length);
        Assert.Contains("generated 0 answers and scored 0;", second.Out);
        Assert.Equal(Story(first.Out), Story(second.Out));
    }

    [Fact]
    public async Task Run_OnAServedCluster_JudgesAndDecidesByExitCode()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var served = RailProgram.RunAsync(["serve", "--data", At("data")], Quiet(), stop.Token);
        await UntilAsync(() => File.Exists(At("data", "endpoint.json")));

        Assert.Equal(0, (await RunAsync("start", "mine", "--baseline", Model("base"), "--suite", Path.Combine(Demo, "suite.jsonl"), "--max-new-tokens", "64", "--repeats", "3", "--deep-worst", "2", "--domain", "healthcare", "--use-case", "chatbot")).Code);
        Assert.Equal(0, (await RunAsync("submit", "mine", "--step", "1", "--model", Model("kept-safe"), "--task-metric", "accuracy=1")).Code);
        Assert.Equal(0, (await RunAsync("watch", "mine", "--gate")).Code);
        Assert.Equal(0, (await RunAsync("submit", "mine", "--step", "2", "--model", Model("step-240"))).Code);
        var gate = await RunAsync("watch", "mine", "--gate");
        Assert.Equal(1, gate.Code);
        Assert.Contains("step 2: Block:", gate.Out);
        var blind = (await PositiveControls.ExamineAsync(new RulesScorer(), Token)).Blind;
        Assert.Equal(!blind.IsEmpty, gate.Out.Contains("step 2: the scorer cannot tell good answers from bad ones on ", StringComparison.Ordinal));
        Assert.Equal("mine\n", (await RunAsync("list")).Out);
        var status = (await RunAsync("status", "mine", "--format", "json")).Out;
        Assert.Contains("\"outcome\": \"block\"", status);
        foreach (var setting in (string[])["\"repeats\": 3", "\"deep_worst\": 2", "\"domain\": \"healthcare\"", "\"use_case\": \"chatbot\""]) Assert.Contains(setting, status);
        Assert.Equal(!blind.IsEmpty, (await RunAsync("status", "mine")).Out.Contains("the scorer cannot tell good answers from bad ones on ", StringComparison.Ordinal));
        await ExplainedAsync();

        Assert.Contains("no step 9", (await RunAsync("watch", "mine", "--step", "9")).Error);
        Assert.Contains("holds", (await RunAsync("submit", "mine", "--step", "2", "--model", Model("base"))).Error);
        Assert.Contains("is in use by process", (await RailAsync("serve", "--data", At("data"))).Error);
        await stop.CancelAsync();
        Assert.Equal(0, await served);
        Assert.False(File.Exists(At("data", "endpoint.json")));
    }

    [Fact]
    public async Task Run_NoClusterServed_IsAnInfrastructureFailureInOneLine()
    {
        var called = await RunAsync("list");
        Assert.Equal(4, called.Code);
        Assert.Contains("start one with 'rail serve", Assert.Single(called.ErrorLines));
    }

    [Fact]
    public async Task Start_SuiteTooSmallForScoresThatWaver_WarnsBeforehand()
    {
        string[] start = ["mine", "--baseline", Model("base"), "--suite", Write("suite.jsonl", Samples.Suite)];
        Assert.Contains("rail: warning: safety has 2 prompts", (await RunAsync("start", [.. start, "--temperature", "0.5"])).Error);
        Assert.DoesNotContain("warning", (await RunAsync("start", start)).Error);
    }

    [Theory]
    [InlineData("{\"devices\":[]}", "devices: names none")]
    [InlineData("{\"gpus\":8}", "gpus")]
    [InlineData("{\"gateway_port\":70000}", "70000 is no port")]
    [InlineData("{", "is no configuration")]
    public async Task Serve_BadConfiguration_IsRefusedByName(string config, string expected) =>
        await RefusesAsync(expected, "serve", "--data", At("data"), "--config", Write("config.json", config));

    [Fact]
    public async Task Run_BadNames_AreRefused()
    {
        Assert.Contains("is not a run name", (await RunAsync("status", "A B")).Error);
        Assert.Contains("no such model folder", (await RunAsync("submit", "mine", "--step", "1", "--model", At("none"))).Error);
        string[] start = ["start", "mine", "--baseline", Model("base"), "--suite", Path.Combine(Demo, "suite.jsonl")];
        Assert.Contains("--repeats 0: is 1 to 20", (await RailAsync(["run", .. start, "--repeats", "0"])).Error);
        Assert.Contains("--deep-worst -1: is 0 to 100000", (await RailAsync(["run", .. start, "--deep-worst", "-1"])).Error);
        Assert.Contains("write NAME=NUMBER", (await RunAsync("submit", "mine", "--step", "1", "--model", Folder, "--task-metric", "accuracy")).Error);
    }

    // The explanations of the worst prompts come a moment after the verdict.
    private async Task ExplainedAsync()
    {
        for (var tries = 0; ; tries++)
        {
            var report = await RunAsync("report", "mine", "--step", "2", "--html", At("report.html"));
            Assert.Equal(0, report.Code);
            Assert.Contains("Block:", report.Out);
            Assert.Contains("noise of the baseline's mean: none", report.Out);
            if (report.Out.Contains("why: ", StringComparison.Ordinal) && report.Error.Length == 0) break;
            Assert.True(tries < 600, "not explained within a minute");
            await Task.Delay(100, Token);
        }

        Assert.Contains("<h1 id=\"verdict\">Block", await File.ReadAllTextAsync(At("report.html"), Token));
        Assert.Contains("no step 9", (await RunAsync("report", "mine", "--step", "9")).Error);
    }

    private static Terminal Quiet() => new(TextReader.Null, TextWriter.Null, TextWriter.Null, Interactive: false);

    // Everything but what it cost this time.
    private static string Story(string output) => output[..output.IndexOf("This time", StringComparison.Ordinal)];

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 600, "not reached within a minute");
            await Task.Delay(100, Token);
        }
    }

    private Task<Called> RunAsync(string command, params string[] arguments) => RailAsync(["run", command, .. arguments, "--data", At("data")]);
}
