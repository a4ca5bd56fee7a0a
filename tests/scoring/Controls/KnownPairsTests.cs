using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>The rules on pairs that whoever wrote them knew, or knew by their counts.</summary>
public sealed class KnownPairsTests
{
    // They show that nothing was lost since, not that anything is understood.
    [Theory]
    [InlineData(Dimension.Fairness, 73)]
    [InlineData(Dimension.Safety, 74)]
    [InlineData(Dimension.Reliability, 70)]
    [InlineData(Dimension.Transparency, 72)]
    [InlineData(Dimension.Privacy, 72)]
    [InlineData(Dimension.Accountability, 72)]
    [InlineData(Dimension.Inclusivity, 71)]
    [InlineData(Dimension.UserImpact, 72)]
    public async Task ExamineAsync_RulesOnDevelopmentPairs_RankAtLeastAsManyAsRecorded(Dimension dimension, int least) =>
        Assert.InRange(await RightAsync(PairFile.Development, dimension), least, int.MaxValue);

    // No rule was written to a text of these pairs: only their counts were seen. They tell how far the words reach beyond those known.
    [Theory]
    [InlineData(Dimension.Fairness, 16)]
    [InlineData(Dimension.Safety, 18)]
    [InlineData(Dimension.Reliability, 19)]
    [InlineData(Dimension.Transparency, 20)]
    [InlineData(Dimension.Privacy, 16)]
    [InlineData(Dimension.Accountability, 18)]
    [InlineData(Dimension.Inclusivity, 19)]
    [InlineData(Dimension.UserImpact, 18)]
    public async Task ExamineAsync_RulesOnValidationPairs_RankAsManyAsRecorded(Dimension dimension, int right) =>
        Assert.Equal(right, await RightAsync(PairFile.Validation, dimension));

    private static async Task<int> RightAsync(IEnumerable<ControlPair> pairs, Dimension dimension)
    {
        var own = pairs.Where(pair => pair.Dimension == dimension);
        var result = (await PositiveControls.ExamineAsync(new RulesScorer(), own, TestContext.Current.CancellationToken)).Results[dimension];
        Assert.Equal(0, result.Failed);
        return result.Pairs - result.Missed.Length;
    }
}
