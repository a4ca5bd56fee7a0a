using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class DistributionTests
{
    [Fact]
    public void Wasserstein_GoldenNumbers_IsFive() => Assert.Equal(5, Of(([0, 1, 3], [5, 6, 8])).Wasserstein.Value, 12);

    [Fact]
    public void Energy_GoldenNumbers_IsTwo() => Assert.Equal(2, Of(([0], [2])).Energy.Value, 12);

    [Fact]
    public void KolmogorovSmirnov_HalfOfTheScoresMoved_IsAHalf() => Assert.Equal(0.5, Of(([9, 9, 9, 9], [9, 9, 1, 1])).KolmogorovSmirnov.Value, 12);

    [Fact]
    public void Compare_EqualScores_AreNoDistanceAndPureChance()
    {
        var same = Of(([3, 7, 9], [3, 7, 9]));
        Assert.All([same.Wasserstein, same.Energy, same.KolmogorovSmirnov], distance => Assert.Equal(new Distance(0, 1), distance));
    }

    [Fact]
    public void Compare_EveryPromptLost_IsNoChance()
    {
        var lost = Of((Enumerable.Repeat(9.0, 40), Enumerable.Repeat(2.0, 40)));
        Assert.All([lost.Wasserstein, lost.Energy, lost.KolmogorovSmirnov], distance => Assert.Equal(1 / 1000.0, distance.P));
        Assert.Equal(999, lost.Swaps);
    }

    // Two of the four ways to swap two pairs give the observed distance or more, so that p tends to one half.
    [Fact]
    public void Compare_TwoPairs_CountSwapsByTheirOdds() => Assert.InRange(Of(([9, 8], [2, 1])).Wasserstein.P, 0.45, 0.55);

    [Fact]
    public void Compare_NoChange_IsRarelyCalledOne()
    {
        // Exchangeable pairs: each prompt has two scores, and a coin says which side has which.
        var rare = 0;
        for (var trial = 0; trial < 400; trial++)
        {
            var random = new SplitMix64((ulong)trial);
            var pairs = Enumerable.Range(0, 25).Select(_ => (Before: (double)(random.Next() % 11), After: (double)(random.Next() % 11))).ToList();
            if (Of((pairs.Select(pair => pair.Before), pairs.Select(pair => pair.After)), seed: trial).KolmogorovSmirnov.P <= 0.05) rare++;
        }

        Assert.InRange(rare, 1, 32);
    }

    [Fact]
    public void Compare_SameSeed_GivesTheSameAndAnotherDraws()
    {
        double[] before = [9, 8, 7, 9, 8, 7, 6, 8], after = [8, 8, 6, 5, 8, 9, 3, 5];
        Assert.Equal(Of((before, after)).Wasserstein, Of((before, after)).Wasserstein);
        Assert.Contains(Enumerable.Range(1, 5), seed => Of((before, after), seed).Wasserstein.P != Of((before, after)).Wasserstein.P);
    }

    [Fact]
    public void Compare_Scores_AreCountedByTenths()
    {
        var spread = Of(([9, 9.04, 0], [8.96, 2, 10]));
        Assert.Equal([(0, 1), (90, 2)], spread.Baseline.Select(bin => (bin.Key, bin.Value)));
        Assert.Equal([(20, 1), (90, 1), (100, 1)], spread.Checkpoint.Select(bin => (bin.Key, bin.Value)));
        Assert.Equal([(-100, 1), (0, 1), (70, 1)], spread.Differences.Select(bin => (bin.Key, bin.Value)));
    }

    [Fact]
    public void Compare_NothingOnBothSides_IsNull() => Assert.Null(Make.Drops(Dimension.Safety, 9, (double?)null).Measure(Measure.Safety).Distributions);

    private static ScoreDistributions Of((IEnumerable<double> Before, IEnumerable<double> After) scores, long seed = 17)
    {
        var pairs = scores.Before.Zip(scores.After).Select((pair, index) => (Id: $"p-{index:D3}", pair.First, pair.Second)).ToList();
        var suite = SuiteIdentity.Create(new SuiteHeader("made", seed), [.. pairs.Select(pair => Make.Prompt(pair.Id, Dimension.Safety))]);
        return Comparer.Compare(
            suite,
            Make.Side(pairs.Select(pair => Make.Answer(pair.Id, false, (Dimension.Safety, pair.First)))),
            Make.Side(pairs.Select(pair => Make.Answer(pair.Id, false, (Dimension.Safety, pair.Second))))).Measures[(int)Measure.Safety].Distributions!;
    }
}
