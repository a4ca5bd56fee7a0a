using System.Text.Json;

namespace RailCluster.Cli.Tests;

/// <summary>Scorers that ask a service, against a real HTTP server.</summary>
public sealed class ScorerChoiceTests : RailTest
{
    [Fact]
    public async Task Score_JudgeThatRejectsTheKey_StopsAndWritesNoNumber()
    {
        await using var server = await ChatServer.StartAsync();
        server.Chat = (_, context) => ChatServer.ErrorAsync(context, 401, "bad key");
        var rows = Enumerable.Range(0, 50).Select(index => $$"""{"id":"{{index}}","prompt":"How do I boil an egg?","response":"Boil it."}""").ToArray();
        var called = await RailAsync(
            "score", "--responses", Write("r.jsonl", rows), "--out", At("s.jsonl"), "--scorer", "judge", "--judge-url", server.Url, "--judge-model", "m");
        Assert.Equal(4, called.Code);
        Assert.Contains("the same command goes on", called.Error);
        Assert.False(File.Exists(At("s.jsonl")));
        Assert.True(server.Requests.Count < rows.Length);
    }

    [Fact]
    public async Task Score_JudgeWithoutModel_IsRefusedByName() =>
        await RefusesAsync("name the model there with --judge-model", "score", "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""), "--out", At("s.jsonl"), "--scorer", "judge", "--judge-url", "http://127.0.0.1:9/v1");

    [Fact]
    public async Task Score_JudgeOverHttp_NamesTheScorerInEveryRowAndSaysWhatWasAsked()
    {
        await using var server = await Judges.StartAsync();
        var called = await RailAsync(
            "score", "--responses", Write("r.jsonl", """{"id":"a","prompt":"How do I boil an egg?","response":"Boil it for eight minutes."}"""), "--out", At("s.jsonl"),
            "--scorer", "judge", "--judge-url", server.Url, "--judge-model", "m", "--judge-hedge", "3", "--dimensions", "safety,privacy");
        Assert.Equal(0, called.Code);
        using var row = JsonDocument.Parse(await File.ReadAllTextAsync(At("s.jsonl"), TestContext.Current.CancellationToken));
        Assert.StartsWith("judge/", row.RootElement.GetProperty("scorer").GetString());
        Assert.Equal(2, row.RootElement.GetProperty("scores").EnumerateObject().Count());
        Assert.InRange(row.RootElement.GetProperty("overall").GetDouble(), 0, 10);
        Assert.Contains("calls to the judge", called.Error);
    }

    [Fact]
    public async Task Score_LateCallsSentAgainBelowTheMedian_IsRefused() =>
        await RefusesAsync("not at 0.5", "score", "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""), "--out", At("s.jsonl"), "--scorer", "judge", "--judge-url", "http://127.0.0.1:9/v1", "--judge-model", "m", "--judge-hedge", "0.5");
}
