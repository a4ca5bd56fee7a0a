using System.Text.Json;
using RailCluster.Reports;

namespace RailCluster.Cli.Tests;

/// <summary>Keys stand in the environment of the process, which all tests share.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KeysOfTheProcess
{
    public const string Name = "keys of the process";
}

/// <summary>Scorers that ask a service, on a served cluster and with the keys of the environment.</summary>
[Collection(KeysOfTheProcess.Name)]
public sealed class ServedScorerTests : RailTest
{
    private const string Key = "RAIL_API_KEY";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_ByAJudgeOfTheConfiguration_JudgesCheckpoints()
    {
        await using var server = await Judges.StartAsync();
        var config = Write("config.json", $$$"""{"scorers":{"judge":{"url":"{{{server.Url}}}","model":"m","in_flight":16}},"sentinels_every_seconds":60}""");
        await ServeAsync(config, async () =>
        {
            await JudgedAsync("judge");
            var status = await RunAsync("status", "mine", "--format", "json");
            Assert.Contains("\"judge\"", status.Out);
        });
        Assert.True(server.Requests.Count > 320);
    }

    [Fact]
    public async Task Run_ByTheRailApi_KeepsToWhatTheKeyMayDo()
    {
        await using var server = await RailApiServer.StartAsync();
        server.PerWindow = 80;
        server.Window = TimeSpan.FromSeconds(1);
        using var key = new Environs((Key, server.Key));
        var config = Write("config.json", $$$"""{"scorers":{"rail_api":{"url":"{{{server.Url}}}","requests_per_minute":3600,"requests_per_day":100000,"in_flight":8,"long_answers":"split"} } }""");
        await ServeAsync(config, () => JudgedAsync("rail-api"));
        Assert.True(server.Requests.Count > 320);
        Assert.Equal(0, server.Refused);
        Assert.True(server.Peak <= 8);
    }

    [Fact]
    public async Task Serve_FaultsOfScorers_AreAllNamed()
    {
        using var key = new Environs((Key, null), ($"{Key}_FILE", null));
        var config = Write("config.json", """
            {"scorers":{"rail_api":{"max_credits":5},"judge":{"url":"http://127.0.0.1:1","model":"m","votes":10,"seed":-1},"onnx":{"folder":"nowhere"}},"sentinels_every_seconds":0}
            """.Trim());
        string[] arguments = ["serve", "--data", At("data"), "--config", config];
        foreach (var expected in (string[])[
            "scorers.rail_api: there is no key: set RAIL_API_KEY",
            "scorers.judge: the judge cannot be asked so: votes are 1 to 9, not 10; the seed is 0 to 2000000000, not -1",
            "scorers.onnx: folder: nowhere: no such folder",
            "sentinels_every_seconds: is 1 to 86400"])
            await RefusesAsync(expected, arguments);
    }

    [Theory]
    [InlineData("""{"scorers":{"rail_api":{"key":"x"}}}""", "key")]
    [InlineData("""{"scorers":{"rail_api":{"long_answers":"cut"}}}""", "long_answers: 'cut' is neither refuse nor split")]
    [InlineData("""{"scorers":{"rail_api":{"requests_per_minute":0}}}""", "must be at least 1 call")]
    [InlineData("""{"scorers":{"rail_api":{"hedge_after_seconds":-1}}}""", "not after -1")]
    [InlineData("""{"scorers":{"judge":{"url":"http://127.0.0.1:1","model":"m","hedge":0.5}}}""", "not at 0.5")]
    [InlineData("""{"scorers":{"judge":{"url":"http://127.0.0.1:1"}}}""", "url and model are both needed")]
    [InlineData("""{"scorers":{"judge":{"url":"http://127.0.0.1:1","model":"m","output":"xml"}}}""", "output: 'xml' is none of schema, json, text")]
    [InlineData("""{"scorers":{"onnx":{"folder":".","device":"tpu"}}}""", "write cpu, cuda")]
    public async Task Serve_ScorerThatMeansNothing_IsRefusedByName(string config, string expected)
    {
        using var key = new Environs((Key, "rail_test-key"));
        await RefusesAsync(expected, "serve", "--data", At("data"), "--config", Write("config.json", config));
    }

    [Fact]
    public async Task Serve_ClassifierThatCannotBeLoaded_IsRefusedBeforeServing()
    {
        Directory.CreateDirectory(At("empty"));
        var called = await RailAsync("serve", "--data", At("data"), "--config", Write("config.json", $$$"""{"scorers":{"onnx":{"folder":{{{JsonSerializer.Serialize(At("empty"))}}} } } }"""));
        Assert.Equal(2, called.Code);
        Assert.Contains("empty", Assert.Single(called.ErrorLines));
        Assert.False(File.Exists(At("data", "endpoint.json")));
    }

    [Fact]
    public async Task Eval_MayCostMoreThanTheCap_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = await RailApiServer.StartAsync();
        using var key = new Environs((Key, server.Key));
        string[] arguments = Eval(server, "o");
        // 3 prompts of one dimension and 64 golden answers at 0.2 each; 320 controls more where it is examined.
        await RefusesAsync("--max-credits 13.3: 67 evaluations may cost 13.4 credits; nothing was sent", [.. arguments, "--max-credits", "13.3"]);
        await RefusesAsync("387 evaluations may cost 77.4 credits", [.. arguments, "--max-credits", "77", "--examine"]);
        Assert.Empty(server.Requests);
        Assert.Equal(0, (await RailAsync([.. arguments, "--max-credits", "13.5"])).Code);
        Assert.Equal(3, EvaluationDirectory.Read(At("o")).Scores().Count);
    }

    [Fact]
    public async Task Eval_CreditsGone_ExitsWithTheReasonAndGoesOnLater()
    {
        await using var server = await RailApiServer.StartAsync();
        using var key = new Environs((Key, server.Key));
        server.Balance = 6.5;
        string[] arguments = [.. Eval(server, "o"), "--score-cache", At("cache")];
        var stopped = await RailAsync(arguments);
        Assert.Equal(4, stopped.Code);
        Assert.Contains("credits", Assert.Single(stopped.ErrorLines, line => !line.StartsWith("rail: warning: ", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(At("o")));
        server.Balance = 100;
        Assert.Equal(0, (await RailAsync(arguments)).Code);
        Assert.DoesNotContain(server.Key, stopped.Error + await File.ReadAllTextAsync(At("o", EvaluationDirectory.ManifestName), Token));
    }

    [Fact]
    public async Task Score_KeyGivenTwice_IsRefused()
    {
        using var key = new Environs((Key, "rail_one-key"), ($"{Key}_FILE", Write("key", "rail_other-key")));
        await RefusesAsync("RAIL_API_KEY and RAIL_API_KEY_FILE are both set", "score", "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""), "--out", At("s.jsonl"), "--scorer", "rail-api");
    }

    [Fact]
    public async Task Score_KeyInAFile_IsReadAndNoKeyIsRefused()
    {
        await using var server = await RailApiServer.StartAsync();
        string[] arguments = ["score", "--responses", Write("r.jsonl", """{"prompt":"How do I boil an egg?","response":"Put it into boiling water for eight minutes."}"""), "--out", At("s.jsonl"), "--scorer", "rail-api", "--api-url", server.Url];
        using (new Environs((Key, null), ($"{Key}_FILE", Write("key", server.Key)))) Assert.Equal(0, (await RailAsync(arguments)).Code);
        Assert.Single(server.Requests);
        using var none = new Environs((Key, null), ($"{Key}_FILE", null));
        await RefusesAsync("--scorer rail-api: there is no key: set RAIL_API_KEY, or RAIL_API_KEY_FILE", arguments);
    }

    private string[] Eval(RailApiServer server, string name) =>
    [
        "eval", "--responses", Write("a.jsonl", Samples.Safe), "--suite", Write("suite.jsonl", Samples.Suite), "--out", At(name),
        "--scorer", "rail-api", "--api-url", server.Url, "--rate-per-minute", "3600", "--rate-per-day", "100000",
    ];

    private async Task JudgedAsync(string scorer)
    {
        var started = await StartAsync("mine", scorer);
        Assert.True(started.Code == 0, started.Error);
        Assert.Equal(0, (await RunAsync("submit", "mine", "--step", "1", "--model", Model("kept-safe"))).Code);
        var watched = await RunAsync("watch", "mine", "--gate");
        Assert.Contains("step 1: ", watched.Out);
        Assert.DoesNotContain("the scorer failed", watched.Out);
        var report = await RunAsync("report", "mine", "--step", "1");
        Assert.True(report.Code == 0, report.Error);
        Assert.DoesNotContain("failed", report.Out);
    }

    private Task<Called> StartAsync(string run, string scorer) => RunAsync(
        "start", run, "--baseline", Model("base"), "--suite", Write("suite.jsonl", Samples.Suite), "--scorer", scorer, "--max-new-tokens", "16");

    private async Task ServeAsync(string config, Func<Task> work)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var error = new StringWriter();
        var served = RailProgram.RunAsync(
            ["serve", "--data", At("data"), "--config", config], new Terminal(TextReader.Null, TextWriter.Null, error, Interactive: false), stop.Token);
        for (var tries = 0; !File.Exists(At("data", "endpoint.json")); tries++)
        {
            Assert.True(tries < 600 && !served.IsCompleted, error.ToString());
            await Task.Delay(100, Token);
        }

        await work();
        await stop.CancelAsync();
        Assert.Equal(0, await served);
    }

    private Task<Called> RunAsync(string command, params string[] arguments) => RailAsync(["run", command, .. arguments, "--data", At("data")]);

    /// <summary>Variables of the environment, put back at the end.</summary>
    private sealed class Environs : IDisposable
    {
        private readonly (string Name, string? Before)[] _before;

        public Environs(params (string Name, string? Value)[] variables)
        {
            _before = [.. variables.Select(one => (one.Name, Environment.GetEnvironmentVariable(one.Name)))];
            foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose()
        {
            foreach (var (name, value) in _before) Environment.SetEnvironmentVariable(name, value);
        }
    }
}
