using RailCluster.Benchmarks;
namespace RailCluster.Evaluation.Tests;

public sealed class GoldenNumbersTests
{
    private const double Alpha = 0.05;
    private static readonly int[] Tenths = [.. Enumerable.Range(1, 20).Select(i => 7 * i % 11)];

    [Fact]
    public void Betting_PlugIn_StakesAsPublished()
    {
        var bets = new PlugInBets(Alpha);
        _ = Run(bets, Tenths, 3);
        Assert.Equal([5.880087, 4.579917, 3.795580], bets.Unclipped.Take(3).Select(stake => Math.Round(stake, 6)));
    }

    [Theory]
    [InlineData(1, 1.666667, 6)]
    [InlineData(5, 4.513889, 6)]
    [InlineData(10, 17.15437, 5)]
    [InlineData(20, 78.20384, 5)]
    public void Betting_PlugInUpwards_OwnsAsPublished(int values, double expected, int digits) =>
        Assert.Equal(expected, Run(new PlugInBets(Alpha), Tenths[..values], 3), digits);

    [Fact]
    public void Betting_PlugInDownwards_OwnsAsPublished() => Assert.Equal(0.013198, Downwards(Alpha), 6);

    [Fact]
    public void Betting_Hedged_OwnsAsPublished() =>
        Assert.Equal(45.044715, (Run(new PlugInBets(Alpha / 2), Tenths, 3) + Downwards(Alpha / 2)) / 2, 6);

    [Fact]
    public void EmpiricalBernstein_TwentyValues_BoundsAsPublished()
    {
        var bound = new EmpiricalBernstein(Alpha, units: null);
        foreach (var value in Tenths) bound.Take(value / 10.0);
        Assert.Equal(0.177071, bound.Current, 6);
    }

    [Fact]
    public void Holm_FourValues_AdjustsAsPublished() =>
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));

    [Fact]
    public void EBenjaminiHochberg_EightValues_RejectsTwo() =>
        Assert.Equal([true, true, false, false, false, false, false, false], EBenjaminiHochberg.Reject([200, 90, 30, 8, 2, 1, 1, 0.5], Alpha));

    [Fact]
    public void EHolm_SortedEvidence_NeedsLessEveryTime()
    {
        Assert.Equal([true, true, true], EHolm.Reject([20, 60, 40], Alpha));
        Assert.Equal([false, true, false], EHolm.Reject([39, 60, 39], Alpha));
        Assert.Equal([false, false, false], EHolm.Reject([59, 59, 59], Alpha));
        Assert.Equal([true, false], EHolm.Reject([double.PositiveInfinity, 19.9], Alpha));
        Assert.Empty(EHolm.Reject([], Alpha));
    }

    private static double Downwards(double alpha) => Run(new PlugInBets(alpha), [.. Tenths.Select(value => 10 - value)], 7);

    private static double Run(IBets bets, int[] tenths, decimal bound)
    {
        var process = new BettingProcess(bets, 10, bound, units: null);
        foreach (var value in tenths) process.Take(value);
        return process.Current.Value;
    }
}
