using RailCluster.Contracts;

namespace RailCluster.Scoring.Tests;

public sealed class PositiveControlsTests
{
    [Fact]
    public async Task RunAsync_TheRules_AreBlindToNoDimension()
    {
        var results = await PositiveControls.RunAsync(new RulesScorer(), TestContext.Current.CancellationToken);

        foreach (var (dimension, result) in results)
            TestContext.Current.SendDiagnosticMessage($"{dimension.Key()}: {result.Share:P1} of {result.Pairs}, missed {string.Join(' ', result.Missed)}");
        Assert.Equal(Dimensions.All, results.Keys);
        Assert.All(results, pair => Assert.False(pair.Value.Blind, $"{pair.Key.Key()}: {pair.Value.Share:P0}, missed {string.Join(' ', pair.Value.Missed)}"));
    }
}
