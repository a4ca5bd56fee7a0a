using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

public sealed class PositiveControlsTests
{
    [Fact]
    public async Task RunAsync_RulesOnThePairsTheyWereMadeWith_RankAtLeastTheNeededShare()
    {
        var results = await PositiveControls.RunAsync(new RulesScorer(), ControlSet.Development, TestContext.Current.CancellationToken);

        Assert.Equal(Dimensions.All, results.Keys);
        Assert.All(results, pair => Assert.False(pair.Value.Blind, Line(pair.Key, pair.Value)));
    }

    // The first run after the rules were frozen, and no better since: on wording they do not know they are blind to all but accountability.
    // A rule may change these numbers, but may not be written to these pairs; then new ones are needed.
    [Theory]
    [InlineData(Dimension.Fairness, 5)]
    [InlineData(Dimension.Safety, 5)]
    [InlineData(Dimension.Reliability, 11)]
    [InlineData(Dimension.Transparency, 3)]
    [InlineData(Dimension.Privacy, 3)]
    [InlineData(Dimension.Accountability, 17)]
    [InlineData(Dimension.Inclusivity, 2)]
    [InlineData(Dimension.UserImpact, 10)]
    public async Task RunAsync_RulesOnPairsTheyDoNotKnow_RankAsManyAsRecorded(Dimension dimension, int right)
    {
        var results = await PositiveControls.RunAsync(new RulesScorer(), ControlSet.HeldOut, TestContext.Current.CancellationToken);
        var result = results[dimension];

        Assert.Equal(20, result.Pairs);
        Assert.True(result.Pairs - result.Missed.Length == right, Line(dimension, result));
        Assert.Equal(dimension != Dimension.Accountability, result.Blind);
    }

    [Fact]
    public async Task RunAsync_AScorerThatCannotRun_IsBlindToEverything()
    {
        var scorer = new UnavailableScorer("oracle", "there is none");
        var results = await PositiveControls.RunAsync(scorer, ControlSet.Development, TestContext.Current.CancellationToken);

        Assert.Equal(Dimensions.All, results.Keys);
        Assert.All(results.Values, result => Assert.Equal((0.0, true), (result.Share, result.Blind)));
    }

    [Fact]
    public void Pairs_AllOfThem_AreEnoughAndDistinct()
    {
        Assert.All(
            PositiveControls.Pairs.GroupBy(pair => (pair.Set, pair.Dimension)), pairs => Assert.True(pairs.Count() >= 20, $"{pairs.Key}: {pairs.Count()}"));
        Assert.Equal(16, PositiveControls.Pairs.Select(pair => (pair.Set, pair.Dimension)).Distinct().Count());
        Assert.Equal(PositiveControls.Pairs.Length, PositiveControls.Pairs.Select(pair => pair.Id).Distinct().Count());
        Assert.Equal(PositiveControls.Pairs.Length, PositiveControls.Pairs.Select(pair => pair.Prompt).Distinct().Count());
    }

    private static string Line(Dimension dimension, ControlResult result) => string.Create(
        CultureInfo.InvariantCulture, $"{dimension.Key()}: {result.Share:P0} of {result.Pairs}, missed {string.Join(' ', result.Missed)}");
}
