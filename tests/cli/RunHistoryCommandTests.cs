using System.Text.Json;

namespace RailCluster.Cli.Tests;

/// <summary>A run's onset, its best steps and its project's policy, on a served cluster and the real checkpoints.</summary>
public sealed class RunHistoryCommandTests : RailTest
{
    private static readonly int[] Saved = [20, 60, 120, 240];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string[] Start => ["--baseline", Model("base"), "--suite", Path.Combine(Demo, "suite.jsonl"), "--max-new-tokens", "64"];

    [Fact]
    public async Task BisectBestPolicy_OnAServedCluster_FindTheOnsetRankAndHold()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var served = RailProgram.RunAsync(["serve", "--data", At("data")], new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, Interactive: false), stop.Token);
        for (var tries = 0; !File.Exists(At("data", "endpoint.json")); tries++)
        {
            Assert.True(tries < 600, "not served within a minute");
            await Task.Delay(100, Token);
        }

        await BisectsAsync();
        await RanksAsync();
        await HoldsAsync();
        await stop.CancelAsync();
        Assert.Equal(0, await served);
    }

    [Theory]
    [InlineData("no checkpoints; give --checkpoints DIR")]
    [InlineData("write STEP=DIR", "--checkpoint", "x=y")]
    [InlineData("write STEP=DIR", "--checkpoint", "0=/tmp")]
    [InlineData("write STEP=DIR", "--checkpoint", "5=")]
    [InlineData("no such model folder", "--checkpoint", "5=/no/such/model")]
    [InlineData("no such folder", "--checkpoints", "/no/such/folder")]
    public async Task Bisect_BadCheckpoints_IsRefused(string expected, params string[] given) => await RefusesAsync(expected, ["run", "bisect", "mine", .. given]);

    [Fact]
    public async Task Bisect_FoldersWithoutOneStepEach_IsRefused()
    {
        Directory.CreateDirectory(At("out", "base"));
        Directory.CreateDirectory(At("out", "step-000"));
        await RefusesAsync("holds no folder whose name ends in a step", "run", "bisect", "mine", "--checkpoints", At("out"));
        Directory.CreateDirectory(At("out", "step-07"));
        Directory.CreateDirectory(At("out", "step-7"));
        await RefusesAsync("step 7 is", "run", "bisect", "mine", "--checkpoints", At("out"));
    }

    [Fact]
    public async Task Start_BadJudging_IsRefused()
    {
        async Task StartRefusesAsync(string expected, params string[] more) => await RefusesAsync(expected, ["run", "start", "mine", .. Start, .. more]);
        await StartRefusesAsync("no such model folder", "--anchor", "/no/such/model");
        await StartRefusesAsync("is no overlap of a suite", "--overlap", Write("broken.json", "{"));
        await StartRefusesAsync("is no overlap of a suite", "--overlap", Write("empty.json", "{}"));
        await StartRefusesAsync("is about the suite other", "--overlap", Write("other.json", """{"suite_hash":"other","training_hash":"b","prompts":3,"exact":1,"near":1}"""));
        await StartRefusesAsync("write NAME=NUMBER", "--task-metric", "accuracy=much");
        await StartRefusesAsync("accuracy is given twice", "--task-metric", "accuracy=1", "--task-metric", "accuracy=2");
        Assert.Equal(2, (await RailAsync(["run", "start", "mine", .. Start, "--early-stop", "soon"])).Code);
    }

    [Fact]
    public async Task Policy_BadInput_IsRefused()
    {
        await RefusesAsync("is not a project's name", "run", "policy", "A B");
        await RefusesAsync("give one of them", "run", "policy", "--clear", "--set", Write("policy.json", "{}"));
        await RefusesAsync("is no setting of a policy", "run", "policy", "--set", Write("strange.json", """{"colour":"red"}"""));
        await RefusesAsync("no such file", "run", "policy", "--set", At("none.json"));
    }

    private async Task BisectsAsync()
    {
        var overlap = At("overlap.json");
        Assert.Equal(0, (await RailAsync("suite", "overlap", Path.Combine(Demo, "suite.jsonl"), Write("train.jsonl", """{"text":"Nothing of the suite."}"""), "--out", overlap)).Code);
        Assert.Equal(0, (await RunAsync("start", ["mine", .. Start, "--early-stop", "block", "--anchor", Model("kept-safe"), "--overlap", overlap, "--task-metric", "accuracy=0.1"])).Code);
        using var found = JsonDocument.Parse((await RunAsync("bisect", "mine", "--checkpoints", Path.Combine(Demo, "models"), "--format", "json")).Out);
        var onset = found.RootElement.GetProperty("onset");
        var (last, first) = (onset.GetProperty("last_pass").GetInt32(), onset.GetProperty("first_block").GetInt32());
        Assert.Contains(first, Saved);
        Assert.Equal(Saved.Where(step => step < first).Append(0).Max(), Math.Max(last, onset.GetProperty("undecided").EnumerateArray().Select(step => step.GetInt32()).DefaultIfEmpty().Max()));
        Assert.Equal("block", found.RootElement.GetProperty("probes")[0].GetProperty("outcome").GetString());
        Assert.Equal(240, found.RootElement.GetProperty("probes")[0].GetProperty("step").GetInt32());

        var again = await RunAsync("bisect", "mine", "--checkpoint", $"240={Model("step-240")}", "--checkpoint", $"{first}={ModelOf(first)}");
        Assert.Equal(0, again.Code);
        Assert.Equal(onset.GetProperty("summary").GetString(), again.Out.TrimEnd('\n'));
        await StaysUndecidedAsync((last + first) / 2, last, first);
        Assert.Contains("holds", (await RunAsync("bisect", "mine", "--checkpoint", $"240={Model("base")}")).Error);
    }

    // A model that cannot be read is tried twice, and said to stay open.
    private async Task StaysUndecidedAsync(int step, int last, int first)
    {
        Directory.CreateDirectory(At("broken"));
        foreach (var file in Directory.GetFiles(Model("base")).Where(file => Path.GetFileName(file) != "tokenizer.json")) File.Copy(file, At("broken", Path.GetFileName(file)));
        var called = await RunAsync("bisect", "mine", "--checkpoint", $"{step}={At("broken")}");
        Assert.Equal(0, called.Code);
        Assert.Equal(2, called.Out.Split('\n').Count(line => line.StartsWith($"step {step}: Inconclusive", StringComparison.Ordinal)));
        Assert.Contains($"safety was lost {(last == 0 ? "after the baseline" : $"after step {last}")} and by step {first}; step {step} stays Inconclusive between them", called.Out);
    }

    private async Task RanksAsync()
    {
        var submitted = await RunAsync("submit", "mine", "--step", "300", "--model", Model("kept-safe"), "--task-metric", "accuracy=0.9");
        Assert.Equal(0, submitted.Code);
        var watched = (await RunAsync("watch", "mine")).Out;
        Assert.Contains("of the error rate 0.05", watched);
        Assert.Contains("early stop saved ", watched);
        Assert.Contains("safety was lost ", watched);
        var status = await RunAsync("status", "mine");
        Assert.Contains("anchor", status.Out);
        Assert.Contains("early stop saved ", status.Out);
        using var json = JsonDocument.Parse((await RunAsync("status", "mine", "--format", "json")).Out);
        Assert.True(json.RootElement.GetProperty("early_stop").GetProperty("prompts").GetInt32() > 0);
        Assert.True(json.RootElement.GetProperty("onset").GetProperty("first_block").GetInt32() > 0);
        Assert.Equal(0, json.RootElement.GetProperty("spec").GetProperty("overlap").GetProperty("exact").GetInt32());

        using var best = JsonDocument.Parse((await RunAsync("best", "mine", "--format", "json")).Out);
        var steps = best.RootElement.GetProperty("steps").EnumerateArray().ToList();
        Assert.All(steps.Where(step => step.GetProperty("outcome").GetString() == "block"), step => Assert.False(step.GetProperty("is_best").GetBoolean()));
        Assert.Contains(300, best.RootElement.GetProperty("best").EnumerateArray().Select(step => step.GetInt32()));
        Assert.Contains("accuracy 0.10 → 0.90", (await RunAsync("best", "mine")).Out);
        Assert.Contains("accuracy 0.10 → 0.90", (await RunAsync("report", "mine", "--step", "300")).Out);
    }

    private async Task HoldsAsync()
    {
        Assert.Contains("project 'default' has no policy", (await RunAsync("policy")).Out);
        Assert.Equal(0, (await RunAsync("policy", "--set", Write("policy.json", """{"tolerances":{"privacy":0.25}}"""))).Code);
        Assert.Contains("tolerances.privacy", (await RunAsync("policy")).Out);
        var looser = await RunAsync("start", ["looser", .. Start]);
        Assert.Equal(2, looser.Code);
        Assert.Contains("tolerances.privacy is 0.5; the project allows 0.25", looser.Error);
        var written = (await RunAsync("policy", "--format", "json")).Out;
        Assert.Equal(0, (await RunAsync("start", ["held", .. Start, "--policy", Write("held.json", written)])).Code);
        Assert.Equal(0, (await RunAsync("policy", "--clear")).Code);
        Assert.Equal("null\n", (await RunAsync("policy", "--format", "json")).Out);
        Assert.Equal(0, (await RunAsync("start", ["looser", .. Start])).Code);
        Assert.Contains("no step of run 'default/looser' has a verdict yet", (await RunAsync("best", "looser")).Out);
    }

    private static string ModelOf(int step) => Model($"step-{step:000}");

    private Task<Called> RunAsync(string command, params string[] arguments) => RailAsync(["run", command, .. arguments, "--data", At("data")]);
}
