using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

public sealed class EvaluationDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rail-reports-").FullName;

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var scores = Samples.Scores(4, 9, refuses: false);
        scores["harm-01"] = scores["harm-01"] with { Scores = scores["harm-01"].Scores.SetItem(Dimension.Safety, new ScoreOutcome.Unscorable("too long")), Refused = null };
        scores["harm-02"] = scores["harm-02"] with { Scores = scores["harm-02"].Scores.SetItem(Dimension.Safety, new ScoreOutcome.NotApplicable("no")) };
        scores["harm-03"] = scores["harm-03"] with { Scores = scores["harm-03"].Scores.SetItem(Dimension.Safety, ScoreOutcome.Scored.Of(1.0 / 3, 0.5)) };
        Write("a", scores);
        var read = EvaluationDirectory.Read(At("a"));
        Assert.Equal(Samples.Suite.Hash, read.Suite.Hash);
        Assert.All(scores, pair => Assert.Equal(CanonicalHash.Of(pair.Value), CanonicalHash.Of(read.Scores()[pair.Key])));
    }

    [Fact]
    public void Read_WhoScoredHowAndWhatWouldBeBetter_IsTheSame()
    {
        var scores = Samples.Scores(4, 9, refuses: false);
        scores["harm-00"] = scores["harm-00"] with { Scorer = new ScorerIdentity("rules", "2"), ResolvedMode = ScoringMode.Deep };
        var told = ScoreOutcome.Scored.Of(4, 0.5) with { Explanation = "why", Issues = ["pii_exposure"], Suggestions = ["say less", "say nothing"] };
        scores["harm-01"] = scores["harm-01"] with { Scores = scores["harm-01"].Scores.SetItem(Dimension.Safety, told) };
        Write("a", scores);
        var rows = File.ReadAllLines(At("a", EvaluationDirectory.ResultsName));
        Assert.Contains("\"scorer\":{\"name\":\"rules\",\"version\":\"2\"},\"resolved_mode\":\"deep\"", rows[0]);
        Assert.Contains("\"suggestions\":[\"say less\",\"say nothing\"]", rows[1]);
        Assert.DoesNotContain("scorer", rows[2]);
        var read = EvaluationDirectory.Read(At("a"));
        Assert.All(scores, pair => Assert.Equal(CanonicalHash.Of(pair.Value), CanonicalHash.Of(read.Scores()[pair.Key])));
        Assert.Equal(new GenerationOutcome.Answered("answer", FinishReason.Eos, 1, 1), read.Responses(["harm-00", "absent"])["harm-00"].Outcome);
    }

    [Fact]
    public void Read_NoiseSentinelsAndControls_AreTheSameAndOlderManifestsHaveNone()
    {
        Write("a", Samples.Scores(9, 9, refuses: true), manifest => manifest with
        {
            Noise = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0.1).Add(Measure.LostRefusals, 0.02),
            Sentinels = [new SentinelReading(ImmutableSortedDictionary<Dimension, int>.Empty.Add(Dimension.Privacy, -300), 16, 1)],
            Controls = ImmutableSortedDictionary<Dimension, ControlShare>.Empty.Add(Dimension.Safety, new ControlShare(17, 20)),
            Blind = [Dimension.Fairness],
        });
        var manifest = EvaluationDirectory.Read(At("a")).Manifest;
        Assert.Equal(0.02, manifest.Noise[Measure.LostRefusals]);
        Assert.Equal(-300, Assert.Single(manifest.Sentinels).Drift[Dimension.Privacy]);
        Assert.Equal("17/20", manifest.Controls[Dimension.Safety].ToString());
        using var summary = JsonDocument.Parse(File.ReadAllText(At("a", EvaluationDirectory.SummaryName)));
        Assert.Equal(9, summary.RootElement.GetProperty("overall").GetDouble());
        Assert.Equal("fairness", summary.RootElement.GetProperty("blind")[0].GetString());

        Write("b", Samples.Scores(9, 9, refuses: true));
        var older = JsonSerializer.SerializeToNode(EvaluationDirectory.Read(At("b")).Manifest, RailJson.Options)!.AsObject();
        foreach (var name in (string[])["noise", "sentinels", "controls"]) Assert.True(older.Remove(name));
        File.WriteAllText(At("b", EvaluationDirectory.ManifestName), older.ToJsonString(RailJson.Indented));
        var read = EvaluationDirectory.Read(At("b")).Manifest;
        Assert.Empty(read.Noise);
        Assert.Empty(read.Sentinels);
        Assert.Empty(read.Controls);
    }

    [Fact]
    public async Task ExplainAsync_TwoEvaluations_ExplainsTheWorstForTheirReport()
    {
        var after = Samples.Scores(9, 9, refuses: true);
        after["harm-07"] = Samples.Scored("harm-07", Dimension.Safety, 1, refused: false);
        Write("a", Samples.Scores(9, 9, refuses: true));
        Write("b", after);
        var found = await EvaluationExplanations.ExplainAsync(
            new Echo(), EvaluationDirectory.Read(At("a")), EvaluationDirectory.Read(At("b")), new Policy(), worst: 1, TimeProvider.System, TestContext.Current.CancellationToken);
        var one = Assert.Single(found);
        Assert.Equal(("harm-07", "deep: answer"), (one.PromptId, one.Checkpoint!.Dimensions[Dimension.Safety].Text));
        Assert.Same(one, Samples.Report(after, worst: 1).Explained(found).Worst.Single().Explanation);
    }

    [Fact]
    public void Write_Again_ReplacesAndLeavesNothingElse()
    {
        Write("a", Samples.Scores(4, 9, refuses: false));
        Write("a", Samples.Scores(9, 9, refuses: true));
        Assert.Equal(9000, ((ScoreOutcome.Scored)EvaluationDirectory.Read(At("a")).Scores()["harm-00"].Scores[Dimension.Safety]).Thousandths);
        Assert.Equal([At("a")], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Write_FolderOfOthers_IsRefused()
    {
        Directory.CreateDirectory(At("a"));
        File.WriteAllText(At("a", "thesis.txt"), "years of work");
        Assert.Contains("holds 'thesis.txt'", Refused(() => Write("a", Samples.Scores(9, 9, refuses: true))));
        Assert.Equal([At("a")], Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("\"safety\":{\"score\":9", "\"safety\":{\"score\":10.5", "results.jsonl:1")]
    [InlineData("\"safety\":{\"score\":9", "\"safety\":{\"score\":NaN", "results.jsonl:1")]
    [InlineData("\"safety\":{\"score\":9", "\"safety\":{\"outcome\":\"failed\",\"score\":9", "results.jsonl:1")]
    [InlineData("\"safety\":{\"score\":9", "\"safety\":{\"raw\":1e300,\"score\":9", "results.jsonl:1")]
    [InlineData("\"outcome\":\"scored\"", "\"outcome\":\"failed\"", "its outcome is 'failed', and its scores say 'scored'")]
    [InlineData("\"id\":\"harm-01\"", "\"id\":\"harm-00\"", "stands twice")]
    [InlineData("ask harm-05", "ask harm-55", "suite hash does not fit")]
    public void Read_RowsThatCannotBe_AreRefused(string old, string now, string named)
    {
        Write("a", Samples.Scores(9, 9, refuses: true));
        Forge("a", results => results.Replace(old, now));
        Assert.Contains(named, Refused(() => EvaluationDirectory.Read(At("a"))));
    }

    [Theory]
    [InlineData("\"prompts\": 40", "\"prompts\": -1", "\"prompts\" is -1, and there are 40")]
    [InlineData("\"right\": 17", "\"right\": 99", "more pairs ranked rightly than there are")]
    [InlineData("\"pairs\": 20", "\"pairs\": 0", "more pairs ranked rightly than there are")]
    [InlineData("\"right\": 17", "\"right\": 15", "\"blind\" leaves out safety")]
    [InlineData("\"safety\": 0.1", "\"safety\": -0.1", "no spread of a mean")]
    [InlineData("\"safety\": 0.1", "\"safety\": 1e308", "no spread of a mean")]
    public void Read_ManifestThatCannotBe_IsRefused(string old, string now, string named)
    {
        Write("a", Samples.Scores(9, 9, refuses: true), manifest => manifest with
        {
            Noise = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0.1),
            Controls = ImmutableSortedDictionary<Dimension, ControlShare>.Empty.Add(Dimension.Safety, new ControlShare(17, 20)),
        });
        var text = File.ReadAllText(At("a", EvaluationDirectory.ManifestName));
        Assert.Contains(old, text);
        File.WriteAllText(At("a", EvaluationDirectory.ManifestName), text.Replace(old, now));
        Assert.Contains(named, Refused(() => EvaluationDirectory.Read(At("a"))));
    }

    [Fact]
    public void Read_NoRows_IsRefused()
    {
        Write("a", Samples.Scores(9, 9, refuses: true));
        Forge("a", _ => "");
        Assert.Contains("has no rows", Refused(() => EvaluationDirectory.Read(At("a"))));
    }

    [Fact]
    public void Check_EveryDifference_IsNamed()
    {
        Write("a", Samples.Scores(9, 9, refuses: true));
        Write("b", Samples.Scores(9, 9, refuses: true), manifest => manifest with { Scoring = manifest.Scoring with { Scorer = new ScorerIdentity("rules", "2") } });
        Write("c", Samples.Scores(9, 9, refuses: true), manifest => manifest with { Generation = manifest.Generation! with { MaxNewTokens = 7 } });
        EvaluationMatch.Check(EvaluationDirectory.Read(At("a")), EvaluationDirectory.Read(At("a")));
        Assert.Contains("the scorers differ (rules/1, rules/2)", Refused(() => EvaluationMatch.Check(EvaluationDirectory.Read(At("a")), EvaluationDirectory.Read(At("b")))));
        Assert.Contains("the generation settings differ", Refused(() => EvaluationMatch.Check(EvaluationDirectory.Read(At("a")), EvaluationDirectory.Read(At("c")))));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Refused(Action action) => Assert.Throws<RailInputException>(action).Message;

    private string At(params string[] parts) => Path.Combine([_folder, .. parts]);

    private void Write(string name, Dictionary<string, ScoredResponse> scores, Func<EvaluationManifest, EvaluationManifest>? change = null)
    {
        var rows = Samples.Suite.Prompts.Select(prompt =>
            ResultRows.Of(prompt, new Response(prompt.Id, new GenerationOutcome.Answered("answer", FinishReason.Eos, 1, 1)), scores[prompt.Id])).ToImmutableArray();
        EvaluationDirectory.Write(At(name), rows, Summaries.Of(Samples.Suite.Prompts.Select(prompt => (prompt, scores[prompt.Id]))), hash =>
        {
            var manifest = new EvaluationManifest(
                EvaluationManifest.CurrentVersion, name, null, Samples.Suite.Hash, Samples.Suite.Header, rows.Length, new GenerationSettings(), Samples.Scoring, [], hash);
            return change?.Invoke(manifest) ?? manifest;
        });
    }

    private sealed class Echo : IRailScorer
    {
        public ScorerIdentity Identity { get; } = new("echo", "1");

        public ScorerTraits Traits { get; } = new(2, IsRemote: false);

        public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new ScoredResponse(
            request.Prompt.Id,
            request.Dimensions.ToImmutableSortedDictionary(
                key => key, _ => (ScoreOutcome)(ScoreOutcome.Scored.Of(1, 1) with { Explanation = $"{request.Mode.ToString().ToLowerInvariant()}: {request.Answer}" })),
            Refused: false));
    }

    // Changes the rows and mends their hash, as whoever cheats would.
    private void Forge(string name, Func<string, string> change)
    {
        var rows = System.Text.Encoding.UTF8.GetBytes(change(File.ReadAllText(At(name, EvaluationDirectory.ResultsName))));
        File.WriteAllBytes(At(name, EvaluationDirectory.ResultsName), rows);
        var manifest = JsonSerializer.Deserialize<EvaluationManifest>(File.ReadAllText(At(name, EvaluationDirectory.ManifestName)), RailJson.Options)!;
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(rows));
        File.WriteAllText(At(name, EvaluationDirectory.ManifestName), JsonSerializer.Serialize(manifest with { ResultsHash = hash }, RailJson.Indented));
    }
}
