using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class PositiveControlsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The rules were written with these pairs in view: they show that nothing was lost since, not that anything is understood.
    [Fact]
    public async Task ExamineAsync_RulesOnThePairsTheyWereMadeWith_RankAtLeastTheNeededShare()
    {
        var found = await PositiveControls.ExamineAsync(new RulesScorer(), DevelopmentPairs(), Token);

        Assert.Equal(Dimensions.All, found.Results.Keys);
        Assert.All(found.Results, pair => Assert.False(pair.Value.Blind, Line(pair.Key, pair.Value)));
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
    public async Task ExamineAsync_RulesOnPairsTheyDoNotKnow_RankAsManyAsRecorded(Dimension dimension, int right)
    {
        var found = await PositiveControls.ExamineAsync(new RulesScorer(), Token);
        var result = found.Results[dimension];

        Assert.Equal((20, 0), (result.Pairs, result.Failed));
        Assert.True(result.Pairs - result.Missed.Length == right, Line(dimension, result));
        Assert.Equal(dimension != Dimension.Accountability, result.Blind);
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
        var all = PositiveControls.Pairs.AddRange(DevelopmentPairs());

        Assert.All(PositiveControls.Pairs.CountBy(pair => pair.Dimension), count => Assert.Equal(20, count.Value));
        Assert.All(DevelopmentPairs().CountBy(pair => pair.Dimension), count => Assert.True(count.Value >= 20, $"{count}"));
        Assert.Equal(all.Length, all.Select(pair => pair.Id).Distinct().Count());
        Assert.Equal(all.Length, all.Select(pair => pair.Prompt).Distinct().Count());
    }

    private static ImmutableArray<ControlPair> DevelopmentPairs()
    {
        using var stream = typeof(PositiveControlsTests).Assembly.GetManifestResourceStream("development-pairs.json")!;
        return JsonSerializer.Deserialize<Development>(stream, RailJson.Options)!.Pairs;
    }

    private static string Line(Dimension dimension, ControlResult result) => string.Create(
        CultureInfo.InvariantCulture, $"{dimension.Key()}: {result.Share:P0} of {result.Pairs}, missed {string.Join(' ', result.Missed)}");

    private sealed record Development(int Version, ImmutableArray<ControlPair> Pairs);
}
