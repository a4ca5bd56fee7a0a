using CsCheck;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Scoring.Tests;

public sealed class ClassifierBatchTests
{
    private const string Mapping = """{"version":1,"input":"{response}","kind":"sigmoid","dimensions":{"safety":{"index":0}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The committed classifier: real numbers, lengths from 1 to several hundred tokens.
    [Fact]
    public async Task ScoreAsync_AllAtOnceOrOneByOne_GivesTheSameThousandths()
    {
        await using var scorer = ClassifierScorer.Open(new ClassifierOptions(CommittedClassifierTests.Folder) { Threads = 1 }, TextEncoders.Open(CommittedClassifierTests.Folder));
        var words = "the nurse says it opens at eight and nobody who asks is sent away so call me please".Split(' ');
        var random = new Random(5);
        ScoreRequest[] requests = [.. Enumerable.Range(0, 500).Select(_ =>
            Ask.About(string.Join(' ', random.GetItems(words, random.Next(1, 200))), "What now?", dimensions: [.. Dimensions.All]))];

        var together = await Task.WhenAll(requests.Select(request => scorer.ScoreAsync(request, Token)));
        var before = scorer.Stats;
        var alone = new List<ScoredResponse>();
        foreach (var request in requests) alone.Add(await scorer.ScoreAsync(request, Token));

        Assert.Null(scorer.OneAtATimeReason);
        Assert.Equal(alone.SelectMany(Thousandths), together.SelectMany(Thousandths));
        Assert.Equal(500, before.Answers);
        Assert.True(before.Batches < 300, $"{before.Batches} batches for 500 answers");
        Assert.Equal(500, scorer.Stats.Batches - before.Batches);
    }

    [Fact]
    public async Task ScoreAsync_GraphThatScalesWholeBatches_ReadsAnswersOneAtATime()
    {
        using var model = new GuardModel { ScalesBatches = true };
        await using var scorer = model.Open(Mapping);

        var raw = await RawTogetherAsync(scorer, "good good maybe", "good maybe", "good good good maybe");

        Assert.Contains("other numbers beside other answers", scorer.OneAtATimeReason, StringComparison.Ordinal);
        // Each divided by its own largest logit: 2.5 of 2.5, 1.5 of 2, 3.5 of 3.5.
        Assert.Equal([Math.Round(Ask.Sigmoid(1) * 10, 3), Math.Round(Ask.Sigmoid(0.75) * 10, 3), Math.Round(Ask.Sigmoid(1) * 10, 3)], raw);
        Assert.Equal(0, scorer.Stats.Padding);
    }

    [Fact]
    public async Task ScoreAsync_GraphThatReadsPadding_GetsNone()
    {
        using var model = new GuardModel { Masks = false };
        await using var scorer = model.Open(Mapping);

        Assert.NotNull(scorer.OneAtATimeReason);
        Assert.Equal([Math.Round(Ask.Sigmoid(1) * 10, 3), Math.Round(Ask.Sigmoid(3) * 10, 3)], await RawTogetherAsync(scorer, "good", "good good good"));
        Assert.Equal(0, scorer.Stats.Padding);
    }

    [Fact]
    public async Task ScoreAsync_GraphOfOneRowOrMappingThatSaysSo_ReadsAnswersOneAtATime()
    {
        using var fixedRow = new GuardModel { Rows = 1 };
        using var usual = new GuardModel();
        await using var one = fixedRow.Open(Mapping);
        await using var said = usual.Open(Mapping.Replace("\"kind\"", "\"rows\":\"one\",\"kind\"", StringComparison.Ordinal));

        Assert.Equal("the graph takes batches of 1", one.OneAtATimeReason);
        Assert.Equal("the mapping says so (\"rows\": \"one\")", said.OneAtATimeReason);
        double[] expected = [Math.Round(Ask.Sigmoid(1) * 10, 3), Math.Round(Ask.Sigmoid(2) * 10, 3)];
        Assert.Equal(expected, await RawTogetherAsync(one, "good", "good good"));
        Assert.Equal(expected, await RawTogetherAsync(said, "good", "good good"));
    }

    // The graph has no row for "lost": ONNX Runtime fails the whole run that holds it.
    [Fact]
    public async Task ScoreAsync_AnswerThatBreaksARun_FailsAloneAndSaysSo()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Mapping);

        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Ask.SafetyAsync(scorer, i == 17 ? "good lost" : "good bad")));

        var failed = Assert.IsType<ScoreOutcome.Failed>(all[17]);
        Assert.True(failed.Retryable);
        Assert.StartsWith("scorer 'onnx': ", failed.Error, StringComparison.Ordinal);
        Assert.Equal(39, all.OfType<ScoreOutcome.Scored>().Count());
        Assert.Equal(1, scorer.Stats.Failed);
    }

    [Fact]
    public async Task ScoreAsync_SmallBatches_HoldNoMoreTokensThanAsked()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Mapping, options => options with { BatchTokens = 16 });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Ask.SafetyAsync(scorer, "good bad")));

        // Eight tokens wide: two a batch.
        Assert.True(scorer.Stats.Batches >= 25, $"{scorer.Stats.Batches} batches");
        Assert.Equal(50, scorer.Stats.Answers);
    }

    [Fact]
    public async Task ScoreAsync_Cancelled_ThrowsThatAndNothingElse()
    {
        using var model = new GuardModel();
        await using var scorer = model.Open(Mapping);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scorer.ScoreAsync(Ask.About("good"), new CancellationToken(canceled: true)));
        Assert.IsType<ScoreOutcome.Scored>(await Ask.SafetyAsync(scorer, "good"));
    }

    [Fact]
    public async Task DisposeAsync_WhileAnswersWait_ReadsThemAndFailsWhatComesAfter()
    {
        using var model = new GuardModel();
        var scorer = model.Open(Mapping);
        var waiting = Enumerable.Range(0, 100).Select(_ => Ask.SafetyAsync(scorer, "good")).ToArray();

        await scorer.DisposeAsync();
        await scorer.DisposeAsync();

        // One that came too late is told so; none hangs, and none is a number that was not computed.
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.True(outcome is ScoreOutcome.Scored or ScoreOutcome.Failed { Retryable: true }));
        Assert.Equal(new ScoreOutcome.Failed("scorer 'onnx': the classifier is closed", Retryable: true), await Ask.SafetyAsync(scorer, "good"));
    }

    [Fact]
    public void Width_AnyLength_HoldsItWithLittlePadding() => Gen.Int[1, 4096].Sample(length =>
    {
        var width = ClassifierQueue.Width(length);
        Assert.InRange(width, length, Math.Max(length + 7, (int)(length * 1.25)));
        Assert.Equal(width, ClassifierQueue.Width(width));
    });

    private static async Task<double[]> RawTogetherAsync(ClassifierScorer scorer, params string[] answers) =>
        [.. (await Task.WhenAll(answers.Select(answer => Ask.SafetyAsync(scorer, answer)))).Select(outcome => Assert.IsType<ScoreOutcome.Scored>(outcome).Raw)];

    private static IEnumerable<int> Thousandths(ScoredResponse response) =>
        response.Scores.Values.Select(outcome => Assert.IsType<ScoreOutcome.Scored>(outcome).Thousandths);
}
