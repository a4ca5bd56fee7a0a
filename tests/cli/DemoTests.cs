using System.Text.Json;

namespace RailCluster.Cli.Tests;

/// <summary>The commands on the real checkpoints of <c>demo/</c>.</summary>
public sealed class DemoTests : RailTest
{
    private static string Suite => Path.Combine(Demo, "suite.jsonl");

    private static string Eroded => Directory.GetDirectories(Path.Combine(Demo, "models"), "step-*").MaxBy(folder => int.Parse(folder[(folder.LastIndexOf('-') + 1)..]))!;

    [Fact]
    public async Task EvalCompareGate_ErodedCheckpoint_TellTheStory()
    {
        await EvaluateAsync("base", Model("base"));
        await EvaluateAsync("again", Model("base"), "--slots", "3");
        await EvaluateAsync("eroded", Eroded);
        Assert.Equal(await ResultsAsync("base"), await ResultsAsync("again"));

        Assert.Equal(0, (await RailAsync("gate", At("base"), At("again"))).Code);
        var gate = await RailAsync("gate", At("base"), At("eroded"), "--task-metrics", Path.Combine(Demo, "task-metrics.json"));
        Assert.Equal(1, gate.Code);
        Assert.Contains("Block:", gate.Out);
        Assert.Contains("refusals lost", gate.Out);
        Assert.Contains("better", gate.Out);
        Assert.Equal(0, (await RailAsync("compare", At("base"), At("eroded"))).Code);
    }

    [Fact]
    public async Task Eval_BosTwice_IsInconclusiveAndScoresNothing()
    {
        Copy(Model("base"), At("model"));
        var config = At("model", "tokenizer_config.json");
        await File.WriteAllTextAsync(
            config,
            (await File.ReadAllTextAsync(config, TestContext.Current.CancellationToken)).Replace("{{ bos_token }}", "{{ bos_token }}{{ bos_token }}"),
            TestContext.Current.CancellationToken);
        var called = await RailAsync("eval", "--model", At("model"), "--suite", Suite, "--out", At("broken"), "--max-new-tokens", "64");
        Assert.Equal(3, called.Code);
        Assert.Contains("bos-once", Assert.Single(called.ErrorLines));
        Assert.DoesNotContain("\"score\"", await File.ReadAllTextAsync(At("broken", "results.jsonl"), TestContext.Current.CancellationToken));

        await EvaluateAsync("base", Model("base"));
        var gate = await RailAsync("gate", At("base"), At("broken"), "--format", "json");
        Assert.Equal(3, gate.Code);
        using var json = JsonDocument.Parse(gate.Out);
        Assert.Equal("canary", json.RootElement.GetProperty("verdict").GetProperty("cause").GetString());
    }

    [Fact]
    public async Task Generate_AloneAndInABatch_GivesTheSameTokens()
    {
        string[] prompts =
        [
            """{"id":"a","prompt":"Where does Anna Berg live?","kept":1}""",
            """{"id":"b","messages":[{"role":"user","content":"How do I treat headaches at home?"}]}""",
            """{"id":"c","input_ids":[1,2,3,40,50]}""",
            """{"id":"d","prompt":"x"}""",
        ];
        var batch = await GenerateAsync("batch", prompts, "--slots", "4", "--stats", At("stats.json"));
        Assert.Equal(["a", "b", "c", "d"], batch.Select(row => row.GetProperty("id").GetString()));
        Assert.Equal(1, batch[0].GetProperty("kept").GetInt32());
        foreach (var (prompt, row) in prompts.Zip(batch))
            Assert.Equal(row.GetRawText(), Assert.Single(await GenerateAsync("alone", [prompt])).GetRawText());
        using var stats = JsonDocument.Parse(await File.ReadAllTextAsync(At("stats.json"), TestContext.Current.CancellationToken));
        Assert.Equal(4, stats.RootElement.GetProperty("prompts").GetInt32());
    }

    [Fact]
    public async Task Generate_SuiteFile_AnswersItsPromptsInOrder()
    {
        var called = await RailAsync("generate", "--model", Model("base"), "--prompts", Suite, "--out", At("g.jsonl"), "--max-new-tokens", "2");
        Assert.Equal(0, called.Code);
        Assert.Equal(
            (await File.ReadAllLinesAsync(Suite, TestContext.Current.CancellationToken)).Where(line => line.Contains("\"id\"")).Select(Id),
            (await File.ReadAllLinesAsync(At("g.jsonl"), TestContext.Current.CancellationToken)).Select(Id));
    }

    [Fact]
    public async Task Generate_RowsOfAnEarlierAnswer_KeepNothingOfIt()
    {
        var fresh = await GenerateAsync("fresh", ["""{"id":"a","prompt":"Where is the desk?"}"""]);
        var again = await GenerateAsync("again", ["""{"id":"a","prompt":"Where is the desk?","text":"old","outcome":"failed","reason":"old"}"""]);
        Assert.Equal(fresh.Select(row => row.GetRawText()), again.Select(row => row.GetRawText()));
    }

    [Fact]
    public async Task Generate_Raw_AddsNoTokens()
    {
        var ids = await RailAsync("Where is the desk?\n", ["tokenize", "--model", Model("base"), "--no-special"]);
        var row = Assert.Single(await GenerateAsync("raw", ["""{"id":"a","prompt":"Where is the desk?"}"""], "--raw"));
        Assert.Equal(JsonSerializer.Deserialize<int[]>(ids.Out)!.Length, row.GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Inspect_Base_ShowsFingerprintAndCanaries()
    {
        var called = await RailAsync("model", "inspect", Model("base"), "--format", "json");
        Assert.Equal(0, called.Code);
        using var json = JsonDocument.Parse(called.Out);
        Assert.Equal(64, json.RootElement.GetProperty("inspection").GetProperty("fingerprint").GetProperty("hash").GetString()!.Length);
        Assert.All(json.RootElement.GetProperty("canaries").GetProperty("canaries").EnumerateArray(), canary => Assert.True(canary.GetProperty("passed").GetBoolean()));
        Assert.Contains("tokenizer-round-trip", (await RailAsync("model", "inspect", Model("base"))).Out);
    }

    [Fact]
    public async Task Eval_HalfCopiedModel_IsNamed()
    {
        Copy(Model("base"), At("model"));
        File.Delete(At("model", "tokenizer.json"));
        await RefusesAsync("tokenizer.json", "eval", "--model", At("model"), "--suite", Suite, "--out", At("o"));
    }

    [Fact]
    public async Task Generate_Stop_EndsTheAnswerBeforeThatText()
    {
        string[] prompts = ["""{"id":"a","prompt":"Book me a visit"}"""];
        var whole = (await GenerateAsync("whole", prompts))[0].GetProperty("text").GetString()!;
        // Cut across tokens, from the middle of one word to the middle of a later one.
        var stop = whole.Substring(12, 9);

        var stopped = (await GenerateAsync("stopped", prompts, "--stop", "never said", "--stop", stop))[0];

        Assert.Equal(whole[..12], stopped.GetProperty("text").GetString());
        Assert.Equal("stop", stopped.GetProperty("finish_reason").GetString());
    }

    private static string Id(string row) => JsonSerializer.Deserialize<JsonElement>(row).GetProperty("id").GetString()!;

    private async Task EvaluateAsync(string name, string model, params string[] more)
    {
        var called = await RailAsync(["eval", "--model", model, "--suite", Suite, "--out", At(name), "--max-new-tokens", "64", .. more]);
        Assert.Equal("", called.Error);
        Assert.Equal(0, called.Code);
    }

    private async Task<string> ResultsAsync(string name) => await File.ReadAllTextAsync(At(name, "results.jsonl"), TestContext.Current.CancellationToken);

    private async Task<JsonElement[]> GenerateAsync(string name, string[] prompts, params string[] more)
    {
        var called = await RailAsync(["generate", "--model", Model("base"), "--prompts", Write($"{name}-p.jsonl", prompts), "--out", At($"{name}.jsonl"), "--max-new-tokens", "24", .. more]);
        Assert.Equal("", called.Error);
        Assert.Equal(0, called.Code);
        return [.. (await File.ReadAllLinesAsync(At($"{name}.jsonl"), TestContext.Current.CancellationToken)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
