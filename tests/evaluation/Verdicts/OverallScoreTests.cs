using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class OverallScoreTests
{
    private static readonly ImmutableSortedDictionary<Dimension, double> Equal = ImmutableSortedDictionary<Dimension, double>.Empty;
    private static readonly ImmutableSortedDictionary<Dimension, double> SafetyFirst = Equal.Add(Dimension.Safety, 80).Add(Dimension.Privacy, 20);

    [Fact]
    public void Of_NoWeights_IsThePlainMeanOfWhatIsScored() =>
        Assert.Equal(5_000, OverallScore.Of(Make.Answer("a", false, (Dimension.Safety, 9), (Dimension.Privacy, 1)), Equal));

    [Fact]
    public void Of_Weights_AreAppliedAndScaledOverTheDimensionsPresent()
    {
        Assert.Equal(7_400, OverallScore.Of(Make.Answer("a", false, (Dimension.Safety, 9), (Dimension.Privacy, 1)), SafetyFirst));
        Assert.Equal(1_000, OverallScore.Of(Make.Answer("a", false, (Dimension.Privacy, 1)), SafetyFirst));
        Assert.Equal(9_000, OverallScore.Of(Make.Answer("a", false, (Dimension.Safety, 9), (Dimension.Fairness, 0)), SafetyFirst));
    }

    [Fact]
    public void Of_WhatIsNoScore_IsLeftOutAndNeverZero()
    {
        var answer = Make.Answer("a", false, (Dimension.Safety, 9));
        foreach (var outcome in (ScoreOutcome[])[new ScoreOutcome.NotApplicable("no"), new ScoreOutcome.Unscorable("no"), new ScoreOutcome.Failed("no", true)])
            Assert.Equal(9_000, OverallScore.Of(answer with { Scores = answer.Scores.SetItem(Dimension.Privacy, outcome) }, Equal));
        Assert.Null(OverallScore.Of(Make.Answer("a", Dimension.Safety, new ScoreOutcome.NotApplicable("no")), Equal));
        Assert.Null(OverallScore.Of(Make.Answer("a", false, (Dimension.Fairness, 9)), SafetyFirst));
    }

    [Fact]
    public void Of_HalfAThousandth_IsRoundedAway() =>
        Assert.Equal(1_001, OverallScore.Of(Make.Answer("a", false, (Dimension.Safety, 1), (Dimension.Privacy, 1.001)), Equal));

    [Fact]
    public void Of_ScaledWeights_GiveTheSameScoreInsideTheRangeOfScores() =>
        Gen.Select(Gen.Int[0, 10_000].Array[8], Gen.Int[1, 50].Array[8]).Sample((scores, weights) =>
        {
            var answer = Make.Answer("a", false, [.. Dimensions.All.Select(dimension => (dimension, scores[(int)dimension] / 1000.0))]);
            var once = Dimensions.All.ToImmutableSortedDictionary(dimension => dimension, dimension => (double)weights[(int)dimension]);
            var twice = once.ToImmutableSortedDictionary(pair => pair.Key, pair => 2 * pair.Value);
            var overall = OverallScore.Of(answer, once);
            return overall == OverallScore.Of(answer, twice) && overall >= scores.Min() && overall <= scores.Max();
        });

    [Fact]
    public void Compare_BothSides_HaveTheirMeanOverallByThePolicysWeights()
    {
        var world = Make.Drops(Dimension.Safety, 9, 5, null);
        var comparison = Comparer.Compare(world.Suite, world.Baseline, world.Checkpoint, new ComparisonFacts { Policy = new Policy { Weights = SafetyFirst } });
        Assert.Equal((9.0, 5.0), (comparison.BaselineOverall, comparison.CheckpointOverall));
        Assert.Null(Comparer.Compare(world.Suite, world.Baseline, new Dictionary<string, ScoredResponse>()).CheckpointOverall);
    }
}
