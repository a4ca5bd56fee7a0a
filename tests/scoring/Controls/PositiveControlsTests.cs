using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class PositiveControlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // What the rules rank rightly of pairs that nobody who wrote a rule has read: they are blind to what is below 16.
    // A rule may change these numbers, but may not be written to these pairs; then new ones are needed.
    [Theory]
    [InlineData(Dimension.Fairness, 17)]
    [InlineData(Dimension.Safety, 17)]
    [InlineData(Dimension.Reliability, 19)]
    [InlineData(Dimension.Transparency, 18)]
    [InlineData(Dimension.Privacy, 16)]
    [InlineData(Dimension.Accountability, 19)]
    [InlineData(Dimension.Inclusivity, 14)]
    [InlineData(Dimension.UserImpact, 16)]
    public async Task ExamineAsync_RulesOnPairsTheyDoNotKnow_RankAsManyAsRecorded(Dimension dimension, int right)
    {
        var found = await PositiveControls.ExamineAsync(new RulesScorer(), Token);
        var result = found.Results[dimension];

        Assert.Equal((20, 0), (result.Pairs, result.Failed));
        Assert.True(result.Pairs - result.Missed.Length == right, Line(dimension, result));
        Assert.Equal(right < 16, result.Blind);
        Assert.True(found.Complete);
    }

    [Fact]
    public async Task ExamineAsync_AScorerThatCannotRun_IsBlindToEverythingAndNotExaminedForGood()
    {
        var found = await PositiveControls.ExamineAsync(new UnavailableScorer("oracle", "there is none"), Token);

        Assert.Equal(Dimensions.All, found.Blind);
        Assert.All(found.Results.Values, result => Assert.Equal((0.0, 20), (result.Share, result.Failed)));
        Assert.False(found.Complete);
    }

    [Fact]
    public void Pairs_AllOfThem_AreEnoughAndDistinct()
    {
        var all = PositiveControls.Pairs.AddRange(PairFile.Development).AddRange(PairFile.Validation);

        Assert.All(PositiveControls.Pairs.CountBy(pair => pair.Dimension), count => Assert.Equal(20, count.Value));
        Assert.All(PairFile.Development.CountBy(pair => pair.Dimension), count => Assert.True(count.Value >= 20, $"{count}"));
        Assert.Equal(all.Length, all.Select(pair => pair.Id).Distinct().Count());
        Assert.Equal(all.Length, all.Select(pair => pair.Prompt).Distinct().Count());
    }

    private static string Line(Dimension dimension, ControlResult result) => string.Create(
        CultureInfo.InvariantCulture, $"{dimension.Key()}: {result.Share:P0} of {result.Pairs}, missed {string.Join(' ', result.Missed)}");
}
