using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;

namespace RailCluster.Cli.Tests;

public sealed class GateBundleTests : RailTest
{
    [Fact]
    public async Task Gate_Out_WritesABundleThatReplays()
    {
        var called = await GateAsync("--out", At("b"), "--format", "json");
        Assert.Equal(1, called.Code);
        Assert.Equal(called.Out.TrimEnd(), (await File.ReadAllTextAsync(At("b", "verdict.json"), TestContext.Current.CancellationToken)).TrimEnd());
        Assert.Contains("❌", await File.ReadAllTextAsync(At("b", "summary.md"), TestContext.Current.CancellationToken));
        var replay = await RailAsync("verdict", "replay", At("b"));
        Assert.Equal(0, replay.Code);
        Assert.StartsWith("identical: Block", replay.Out);
    }

    [Fact]
    public async Task Replay_VerdictForged_SaysWhereAndExitsWithThree()
    {
        await GateAsync("--out", At("b"));
        Forge("verdict.json", text => text.Replace("\"outcome\": \"block\"", "\"outcome\": \"pass\""));
        var replay = await RailAsync("verdict", "replay", At("b"));
        Assert.Equal(3, replay.Code);
        Assert.Contains("verdict.outcome: \"pass\" → \"block\"", replay.Out);
        using var json = JsonDocument.Parse((await RailAsync("verdict", "replay", At("b"), "--format", "json")).Out);
        Assert.False(json.RootElement.GetProperty("identical").GetBoolean());
    }

    [Theory]
    [InlineData("verdict.json")]
    [InlineData("checkpoint/results.jsonl")]
    [InlineData("policy.json")]
    public async Task Replay_FileChanged_IsNamedAndExitsWithTwo(string name)
    {
        await GateAsync("--out", At("b"));
        await File.AppendAllTextAsync(At("b", name), " ", TestContext.Current.CancellationToken);
        await RefusesAsync($"{name} has ", "verdict", "replay", At("b"));
        await RefusesAsync($"{name} has ", "verdict", "sign", At("b"), "--key", Key("k").Private);
    }

    [Fact]
    public async Task Verify_Signed_HoldsUntilAnythingChanges()
    {
        await GateAsync("--out", At("b"));
        var (key, other) = (Key("k"), Key("o"));
        Assert.Contains("is not signed", await DoesNotHoldAsync(key.Public));
        Assert.Equal(0, (await RailAsync("verdict", "sign", At("b"), "--key", key.Private)).Code);
        var verified = await RailAsync("verdict", "verify", At("b"), "--key", key.Public);
        Assert.Equal(0, verified.Code);
        Assert.StartsWith("verified: signed by ecdsa-p256-sha256", verified.Out);
        Assert.Equal(0, (await RailAsync("verdict", "replay", At("b"))).Code);
        Assert.Contains("is signed with another key", await DoesNotHoldAsync(other.Public));
        await RefusesAsync("holds a signed bundle", "gate", At("base"), At("eroded"), "--out", At("b"));

        await File.AppendAllTextAsync(At("b", "summary.md"), " ", TestContext.Current.CancellationToken);
        await RefusesAsync("summary.md has", "verdict", "verify", At("b"), "--key", key.Public);
        Forge("summary.md", text => text + "more");
        Assert.Contains("the signature does not hold", await DoesNotHoldAsync(key.Public));
    }

    [Fact]
    public async Task Sign_EncryptedKey_TakesItsPasswordFromTheEnvironmentAndShowsItNowhere()
    {
        await GateAsync("--out", At("b"));
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var file = Write("e.pem", curve.ExportEncryptedPkcs8PrivateKeyPem("open sesame", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)));
        await RefusesAsync("--key-password-env", "verdict", "sign", At("b"), "--key", file);
        await RefusesAsync("there is no such environment variable", "verdict", "sign", At("b"), "--key", file, "--key-password-env", "RAIL_TEST_NONE");
        Environment.SetEnvironmentVariable("RAIL_TEST_PASSWORD", "open sesame");
        var signed = await RailAsync("verdict", "sign", At("b"), "--key", file, "--key-password-env", "RAIL_TEST_PASSWORD", "--out", At("other.sig"));
        Assert.Equal(0, signed.Code);
        Assert.DoesNotContain("sesame", signed.Out + signed.Error + await File.ReadAllTextAsync(At("other.sig"), TestContext.Current.CancellationToken));
        var open = Write("p.pem", curve.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(0, (await RailAsync("verdict", "verify", At("b"), "--key", open, "--signature", At("other.sig"))).Code);
        await RefusesAsync("is no signature of a bundle", "verdict", "verify", At("b"), "--key", open, "--signature", Write("bad.sig", "{}"));
    }

    [Fact]
    public async Task Gate_Anchor_IsComparedAsWell()
    {
        await EvaluateAsync("root", Samples.Safe);
        await EvaluateAsync("base", Samples.Eroded);
        await EvaluateAsync("step", Samples.Eroded);
        Assert.Equal(0, (await RailAsync("gate", At("base"), At("step"))).Code);
        var called = await RailAsync("gate", At("base"), At("step"), "--anchor", At("root"), "--format", "json", "--out", At("b"));
        Assert.Equal(1, called.Code);
        using var json = JsonDocument.Parse(called.Out);
        Assert.Equal("root", json.RootElement.GetProperty("anchor").GetProperty("name").GetString());
        Assert.Contains("against the anchor", await File.ReadAllTextAsync(At("b", "junit.xml"), TestContext.Current.CancellationToken));
        Assert.Equal(0, (await RailAsync("verdict", "replay", At("b"))).Code);
        await RefusesAsync("there is no anchor", "gate", At("base"), At("step"), "--require-anchor", new string('0', 12));
        await RefusesAsync("has no fingerprint that proves its weights", "gate", At("base"), At("step"), "--anchor", At("root"), "--require-anchor", new string('0', 12));
    }

    [Fact]
    public async Task Gate_RequireAnchor_TakesTheModelsFingerprintAndNoOther()
    {
        await EvaluateAsync("base", Samples.Safe);
        foreach (var name in (string[])["base", "step-240"])
            Assert.Equal(0, (await RailAsync("eval", "--model", Model(name), "--suite", At("base-suite.jsonl"), "--out", At($"m-{name}"), "--max-new-tokens", "8")).Code);
        var fingerprint = JsonNode.Parse(await File.ReadAllTextAsync(At("m-base", "manifest.json"), TestContext.Current.CancellationToken))!["model"]!["fingerprint"]!["hash"]!.GetValue<string>();
        string[] arguments = ["gate", At("m-base"), At("m-step-240"), "--anchor", At("m-base"), "--require-anchor"];
        Assert.NotEqual(2, (await RailAsync([.. arguments, fingerprint])).Code);
        await RefusesAsync($"the anchor's model is {fingerprint}", [.. arguments, new string('0', 64)]);
    }

    [Fact]
    public async Task Compare_AllowMismatch_ComparesWhatBothHaveAndSaysSo()
    {
        await EvaluateAsync("base", Samples.Safe);
        await EvaluateAsync("other", Samples.Safe, [.. Samples.Suite[..3], Samples.Suite[3].Replace("egg", "fresh egg")]);
        await RefusesAsync("--allow-mismatch", "compare", At("base"), At("other"));
        var called = await RailAsync("compare", At("base"), At("other"), "--allow-mismatch", "--format", "json");
        Assert.Equal(0, called.Code);
        using var json = JsonDocument.Parse(called.Out);
        var comparison = json.RootElement.GetProperty("comparison");
        Assert.Equal(2, comparison.GetProperty("prompts").GetInt32());
        Assert.Contains("the suites differ", comparison.GetProperty("mismatches")[0].GetString());
        Assert.Contains("compared on the 2 prompts that both have, of 3 and 3", comparison.GetProperty("mismatches")[1].GetString());
        var gate = await RailAsync("gate", At("base"), At("other"), "--allow-mismatch", "--out", At("b"));
        Assert.Equal(3, gate.Code);
        Assert.Contains("Inconclusive: a gate decides nothing on unequal evaluations", gate.Out);
        Assert.Contains("the suites differ", gate.Out);
        Assert.Equal(0, (await RailAsync("verdict", "replay", At("b"))).Code);
    }

    [Fact]
    public async Task Compare_NoPromptInCommon_IsRefused()
    {
        await EvaluateAsync("base", Samples.Safe);
        await EvaluateAsync("other", Samples.Safe, [Samples.Suite[0], .. Samples.Suite[1..].Select(line => line.Replace("How", "Why"))]);
        await RefusesAsync("have no prompt in common", "compare", At("base"), At("other"), "--allow-mismatch");
    }

    [Fact]
    public async Task Gate_OverlapAndMetrics_StandInTheBundle()
    {
        await EvaluateAsync("base", Samples.Safe);
        await EvaluateAsync("eroded", Samples.Eroded);
        var suite = JsonNode.Parse(await File.ReadAllTextAsync(At("base", "manifest.json"), TestContext.Current.CancellationToken))!["suite_hash"]!.GetValue<string>();
        var overlap = Write("o.json", JsonSerializer.Serialize(new SuiteOverlap(suite, new string('a', 64), 3, 1, 0), RailJson.Options));
        var one = Write("m1.json", """{"metric":"accuracy","higherIsBetter":true,"checkpoints":{"base":0.2,"eroded":0.9}}""");
        var two = Write("m2.json", """{"metric":"loss","higherIsBetter":false,"checkpoints":{"base":2,"eroded":1.5}}""");
        var called = await RailAsync("gate", At("base"), At("eroded"), "--overlap", overlap, "--task-metrics", one, "--task-metrics", two, "--out", At("b"), "--format", "json");
        Assert.Equal(1, called.Code);
        using var json = JsonDocument.Parse(called.Out);
        Assert.Equal(2, json.RootElement.GetProperty("comparison").GetProperty("tasks").GetArrayLength());
        Assert.Equal(1, json.RootElement.GetProperty("comparison").GetProperty("overlap").GetProperty("exact").GetInt32());
        Assert.Equal(0, (await RailAsync("verdict", "replay", At("b"))).Code);
        await RefusesAsync("two files have the metric 'accuracy'", "gate", At("base"), At("eroded"), "--task-metrics", one, "--task-metrics", one);
        await RefusesAsync("is no overlap of a suite", "gate", At("base"), At("eroded"), "--overlap", Write("bad.json", "{}"));
        var strange = Write("s.json", JsonSerializer.Serialize(new SuiteOverlap(new string('b', 64), new string('a', 64), 3, 1, 0), RailJson.Options));
        await RefusesAsync("look again", "gate", At("base"), At("eroded"), "--overlap", strange);
        var impossible = Write("i.json", JsonSerializer.Serialize(new SuiteOverlap(suite, new string('a', 64), 3, 2, 2), RailJson.Options));
        await RefusesAsync("cannot be", "gate", At("base"), At("eroded"), "--overlap", impossible);
    }

    [Fact]
    public async Task Gate_OutOfOthers_IsRefusedBeforeAnythingIsRead()
    {
        Directory.CreateDirectory(At("b"));
        File.WriteAllText(At("b", "thesis.txt"), "years of work");
        await RefusesAsync("holds 'thesis.txt'", "gate", At("nothing"), At("nothing"), "--out", At("b"));
        await RefusesAsync("no such folder", "verdict", "replay", At("nothing"));
        await RefusesAsync("has no bundle.json", "verdict", "replay", At("b"));
    }

    private async Task<Called> GateAsync(params string[] more)
    {
        await EvaluateAsync("base", Samples.Safe);
        await EvaluateAsync("eroded", Samples.Eroded);
        return await RailAsync(["gate", At("base"), At("eroded"), .. more]);
    }

    private async Task<string> DoesNotHoldAsync(string key)
    {
        var called = await RailAsync("verdict", "verify", At("b"), "--key", key);
        Assert.Equal(3, called.Code);
        Assert.Empty(called.Out);
        return Assert.Single(called.ErrorLines);
    }

    private (string Private, string Public) Key(string name)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (Write($"{name}.pem", curve.ExportPkcs8PrivateKeyPem()), Write($"{name}-public.pem", curve.ExportSubjectPublicKeyInfoPem()));
    }

    // Mends size and hash as whoever forges would.
    private void Forge(string name, Func<string, string> change)
    {
        var before = File.ReadAllText(At("b", name));
        var after = change(before);
        Assert.NotEqual(before, after);
        File.WriteAllText(At("b", name), after);
        var bytes = File.ReadAllBytes(At("b", name));
        var manifest = JsonNode.Parse(File.ReadAllText(At("b", "bundle.json")))!;
        var file = manifest["files"]!.AsArray().Single(one => (string)one!["name"]! == name)!;
        (file["size"], file["sha256"]) = (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        File.WriteAllText(At("b", "bundle.json"), manifest.ToJsonString(RailJson.Indented));
    }

    private Task EvaluateAsync(string name, string[] responses) => EvaluateAsync(name, responses, Samples.Suite);

    private async Task EvaluateAsync(string name, string[] responses, string[] suite)
    {
        var called = await RailAsync("eval", "--responses", Write($"{name}.jsonl", responses), "--suite", Write($"{name}-suite.jsonl", suite), "--out", At(name));
        Assert.Equal(0, called.Code);
    }
}
