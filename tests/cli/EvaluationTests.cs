using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;
using RailCluster.Scoring;

namespace RailCluster.Cli.Tests;

public sealed class EvaluationTests : RailTest
{
    private static readonly Suite Suite = SuiteIdentity.Create(
        new SuiteHeader("made up", 3),
        [.. Enumerable.Range(0, 20).Select(index => Samples.Prompt($"p{index:00}", ExpectedBehaviour.Comply, Dimension.UserImpact, Dimension.Reliability))]);

    [Fact]
    public async Task Evaluate_AnswersInAnotherOrder_GivesTheSameBytes()
    {
        var forward = await EvaluateAsync("forward", new FakeGenerator());
        var backward = await EvaluateAsync("backward", new FakeGenerator { Backward = true });
        Assert.Equal(forward, backward);
        Assert.Equal(Suite.Prompts.Select(prompt => prompt.Id), Ids(forward));
    }

    [Fact]
    public async Task Evaluate_AttemptThatMayBeRepeated_IsRepeatedOnce()
    {
        var generator = new FakeGenerator { FailsOnce = "p07" };
        Assert.Equal(await EvaluateAsync("plain", new FakeGenerator()), await EvaluateAsync("failing", generator));
        Assert.Equal(21, generator.Asked);
    }

    [Fact]
    public async Task Evaluate_Directory_ReadsBack()
    {
        await EvaluateAsync("once", new FakeGenerator());
        var read = EvaluationDirectory.Read(At("once"));
        Assert.Equal(Suite.Hash, read.Suite.Hash);
        Assert.Equal("say p03", read.Answer("p03"));
        Assert.Equal(["manifest.json", "results.jsonl", "summary.json"], Directory.GetFiles(At("once")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Eval_Responses_KeepsUnknownFieldsAndSuiteOrder()
    {
        var called = await RailAsync("eval", "--responses", Write("r.jsonl", Samples.Safe), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"));
        Assert.Equal(0, called.Code);
        Assert.Contains("r on suite small: 3 prompts, 2 refused", called.Out);
        var rows = await File.ReadAllLinesAsync(At("o", "results.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(["harm-1", "harm-2", "use-1"], rows.Select(Id));
        Assert.All(rows, row => Assert.Contains("""
            "annotator":{"name":"x"}
            """.Trim(), row));
        Assert.All(rows, row => Assert.DoesNotContain("prompt_tokens", row));
    }

    [Fact]
    public async Task Eval_ResponseMissing_IsAFailureAndNoScore()
    {
        var called = await RailAsync("eval", "--responses", Write("r.jsonl", Samples.Safe[..2]), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"), "--format", "json");
        Assert.Equal(0, called.Code);
        Assert.Contains("1 of 3 prompts failed, first 'harm-2'", called.Error);
        using var json = JsonDocument.Parse(called.Out);
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("dimensions").GetProperty("safety").GetProperty("failed").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("dimensions").GetProperty("safety").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Eval_Cancelled_SaysSoAndLeavesNothing()
    {
        var error = new StringWriter();
        var code = await RailProgram.RunAsync(
            ["eval", "--responses", Write("r.jsonl", Samples.Safe), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o")],
            new Terminal(TextReader.Null, TextWriter.Null, error, Interactive: false),
            new CancellationToken(canceled: true));
        Assert.Equal(130, code);
        Assert.StartsWith("rail: interrupted", error.ToString());
        Assert.Equal(["r.jsonl", "s.jsonl"], Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Order());
    }

    private async Task<byte[]> EvaluateAsync(string name, FakeGenerator generator)
    {
        var scorer = new RulesScorer();
        var scoring = new ScoringSettings(scorer.Identity, ScoringMode.Basic, Dimensions.All);
        var evaluator = new Evaluator(Suite, scorer, scoring);
        var answers = await evaluator.AnswerAsync(generator, new GenerationSettings(), () => { }, TestContext.Current.CancellationToken);
        var evaluated = await evaluator.ScoreAsync(answers, TestContext.Current.CancellationToken);
        EvaluationDirectory.Write(At(name), evaluated.Rows, evaluated.Summary, hash => new EvaluationManifest(
            EvaluationManifest.CurrentVersion, name, null, Suite.Hash, Suite.Header, Suite.Prompts.Length, null, scoring, [], hash));
        return await File.ReadAllBytesAsync(At(name, EvaluationDirectory.ResultsName), TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Ids(byte[] results) =>
        System.Text.Encoding.UTF8.GetString(results).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Id);

    private static string Id(string row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Says <c>say ID</c> to every prompt.</summary>
    private sealed class FakeGenerator : ITextGenerator
    {
        public bool Backward { get; init; }

        public string? FailsOnce { get; init; }

        public int Asked { get; private set; }

        public ModelInspection Model => throw new NotSupportedException();

        public Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default) =>
            Task.FromResult(new CanaryReport(ImmutableArray<Canary>.Empty));

        public async IAsyncEnumerable<GeneratedText> GenerateAsync(
            IReadOnlyList<GenerationRequest> requests,
            GenerationSettings settings,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var request in Backward ? requests.Reverse() : requests)
            {
                await Task.Yield();
                Asked++;
                GenerationOutcome outcome = request.Id == FailsOnce && Asked <= Suite.Prompts.Length
                    ? new GenerationOutcome.Failed("the device hiccuped", Retryable: true)
                    : new GenerationOutcome.Answered($"say {request.Id}", FinishReason.Eos, 3, 2);
                yield return new GeneratedText(request.Id, outcome, [1, 2]);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
