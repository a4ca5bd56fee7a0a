using System.Text.Json;
using RailCluster.Generation.Tests;

namespace RailCluster.Cli.Tests;

public sealed class AdapterTests : RailTest
{
    private static readonly string[] Prompts = ["""{"id":"a","prompt":"Where does Anna Berg live?"}""", """{"id":"b","prompt":"How do I boil an egg?"}"""];

    private string? _model;

    private string Base => _model ??= AdaptedDemo.Create(At("base"));

    [Fact]
    public async Task Generate_UnderAnAdapter_GivesOtherAnswersThanTheBaseWhichAreTheDemos()
    {
        var demo = await GenerateAsync("demo", Model("base"));
        var plain = await GenerateAsync("plain", Base);
        var adapted = await GenerateAsync("adapted", Base, "--adapter", Adapter("wild", strength: 3));

        Assert.Equal(demo, plain);
        Assert.NotEqual(demo, adapted);
    }

    [Fact]
    public async Task Eval_UnderAnAdapter_BearsItsNameAndBothFingerprints()
    {
        var called = await RailAsync(
            "eval", "--model", Base, "--adapter", Adapter("step-40", strength: 0.001), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"), "--max-new-tokens", "8");

        Assert.Equal(0, called.Code);
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(At("o", "manifest.json"), TestContext.Current.CancellationToken));
        Assert.Equal("step-40", manifest.RootElement.GetProperty("name").GetString());
        var model = manifest.RootElement.GetProperty("model");
        Assert.NotEqual(model.GetProperty("fingerprint").GetProperty("hash").GetString(), model.GetProperty("base").GetProperty("hash").GetString());
        Assert.Equal(await FingerprintAsync(Base), model.GetProperty("base").GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Eval_AdapterThatChangesNothing_IsInconclusiveAndScoresNothing()
    {
        var called = await RailAsync(
            "eval", "--model", Base, "--adapter", Adapter("untrained", strength: 0), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"), "--max-new-tokens", "8");

        Assert.Equal(3, called.Code);
        Assert.Contains("adapter: the answers are the base's own", Assert.Single(called.ErrorLines));
        Assert.DoesNotContain("\"score\"", await File.ReadAllTextAsync(At("o", "results.jsonl"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Inspect_Adapter_ShowsWhatTheGraphTakesAndTheFileHolds()
    {
        var without = await RailAsync("model", "inspect", Base);
        var with = await RailAsync("model", "inspect", Base, "--adapter", Adapter("one", strength: 1));

        Assert.Equal((0, 0), (without.Code, with.Code));
        Assert.Contains("the graph takes 2 parameters", without.Out);
        Assert.DoesNotContain("sha256", without.Out);
        Assert.Contains("head.lora_A fp32[1024, 1]", with.Out);
        Assert.Contains("sha256", with.Out);
        Assert.Contains(await FingerprintAsync(Base), with.Out);
        Assert.Contains("the graph takes none", (await RailAsync("model", "inspect", Model("base"))).Out);
    }

    [Fact]
    public async Task Generate_AdapterThatCannotBeUsed_IsNamedAndNothingIsWritten()
    {
        var (good, prompts) = (Adapter("good", strength: 1), Write("p.jsonl", Prompts));
        await File.WriteAllBytesAsync(At("half"), (await File.ReadAllBytesAsync(good, TestContext.Current.CancellationToken))[..3000], TestContext.Current.CancellationToken);
        Task Refused(string expected, string model, string adapter) =>
            RefusesAsync(expected, "generate", "--model", model, "--adapter", adapter, "--prompts", prompts, "--out", At("o.jsonl"));

        await Refused("half: it is truncated or broken", Base, At("half"));
        await Refused("p.jsonl: it is no ONNX adapter", Base, prompts);
        await Refused("base is a folder", Base, Base);
        await Refused("gone does not exist", Base, At("gone"));
        await Refused("takes no adapters", Model("base"), good);
        await RefusesAsync("half: it is truncated or broken", "model", "inspect", Base, "--adapter", At("half"));
        await RefusesAsync(
            "half: it is truncated or broken", "eval", "--model", Base, "--adapter", At("half"), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"));
    }

    [Fact]
    public async Task Eval_AdapterForAnswersMadeElsewhere_IsRefused() => await RefusesAsync(
        "--adapter goes with --model", "eval", "--responses", Write("r.jsonl", Samples.Safe), "--adapter", At("x"), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"));

    [Fact]
    public async Task Submit_MissingAdapter_IsNamed() => await RefusesAsync(
        "nothing: no such adapter file", "run", "submit", "mine", "--step", "1", "--model", Base, "--adapter", At("nothing"));

    private string Adapter(string name, double strength) => AdaptedDemo.Adapter(At(name + ".onnx_adapter"), seed: 1, strength);

    private async Task<string> GenerateAsync(string name, string model, params string[] more)
    {
        var called = await RailAsync(["generate", "--model", model, "--prompts", Write("p.jsonl", Prompts), "--out", At(name), "--max-new-tokens", "12", .. more]);
        Assert.Equal((0, ""), (called.Code, called.Error));
        return await File.ReadAllTextAsync(At(name), TestContext.Current.CancellationToken);
    }

    private static async Task<string> FingerprintAsync(string model)
    {
        using var json = JsonDocument.Parse((await RailAsync("model", "inspect", model, "--format", "json")).Out);
        return json.RootElement.GetProperty("inspection").GetProperty("fingerprint").GetProperty("hash").GetString()!;
    }
}
