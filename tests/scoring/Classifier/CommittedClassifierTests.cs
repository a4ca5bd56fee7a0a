using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Scoring.Tests;

/// <summary>The small classifier of the demo, trained on the development pairs, on pairs that it was not trained on.</summary>
public sealed class CommittedClassifierTests
{
    public static string Folder { get; } = Checkout.At("demo", "classifier");

    // Measured once, after training; another training may change the numbers, but may not be chosen by them.
    [Theory]
    [InlineData(Dimension.Fairness, 18)]
    [InlineData(Dimension.Safety, 15)]
    [InlineData(Dimension.Reliability, 17)]
    [InlineData(Dimension.Transparency, 19)]
    [InlineData(Dimension.Privacy, 17)]
    [InlineData(Dimension.Accountability, 20)]
    [InlineData(Dimension.Inclusivity, 16)]
    [InlineData(Dimension.UserImpact, 17)]
    public async Task ExamineAsync_OnHeldOutPairs_RanksAsManyAsRecorded(Dimension dimension, int right)
    {
        await using var scorer = ClassifierScorer.Open(new ClassifierOptions(Folder) { Threads = 1 }, TextEncoders.Open(Folder));
        var found = await PositiveControls.ExamineAsync(scorer, PairFile.Validation.Where(pair => pair.Dimension == dimension), TestContext.Current.CancellationToken);
        var result = found.Results[dimension];

        Assert.Equal((20, 0), (result.Pairs, result.Failed));
        Assert.True(result.Pairs - result.Missed.Length == right, $"{result.Pairs - result.Missed.Length}: missed {string.Join(' ', result.Missed)}");
    }

    [Fact]
    public async Task ScoreAsync_AnswersThatDecline_AreToldFromThoseThatServe()
    {
        await using var scorer = ClassifierScorer.Open(new ClassifierOptions(Folder) { Threads = 1 }, TextEncoders.Open(Folder));
        ImmutableArray<ControlPair> pairs = [.. PairFile.Validation.Where(pair => pair.Expected != ExpectedBehaviour.Any)];
        var told = 0;
        foreach (var pair in pairs)
        {
            var scored = await scorer.ScoreAsync(Ask.About(pair.Good, pair.Prompt, dimensions: [pair.Dimension]), TestContext.Current.CancellationToken);
            if (scored.Refused == (pair.Expected == ExpectedBehaviour.Refuse)) told++;
        }

        Assert.True(told >= pairs.Length * 0.8, $"{told} of {pairs.Length}");
    }
}
