using CsCheck;

namespace RailCluster.Evaluation.Tests;

public sealed class BettingProcessTests
{
    private const int Range = 20_000;
    private const int Bound = 10_500;

    [Theory]
    [InlineData(20_000)]
    [InlineData(10_400)]
    [InlineData(0)]
    public void Take_HundredThousandValues_NeitherOverflowsNorVanishes(int value)
    {
        const int Values = 100_000;
        var process = new BettingProcess(new GridMixture(), Range, Bound, units: null);
        for (var index = 0; index < Values; index++) process.Take(value);
        var mean = (double)Bound / Range;
        var logs = Enumerable.Range(1, 20).Select(k => Values * Math.Log(1 + 0.95 * k / (20 * mean) * (((double)value / Range) - mean))).ToList();
        // Few bettors are left in the end, so the largest gives the scale.
        var expected = logs.Max() + Math.Log(logs.Sum(log => Math.Exp(log - logs.Max())) / 20);
        Assert.Equal(1, process.Current.Log / expected, 8);
        Assert.Equal(value > Bound ? process.Current : Wealth.One, process.Largest);
    }

    [Fact]
    public void Take_AnyValues_KeepsTheLargestEvidence() =>
        Gen.Select(Gen.Int[0, Range].Array[1, 60], Gen.Bool, Gen.Int[1, Range - 1]).Sample((values, isSuite, bound) =>
        {
            var process = new BettingProcess(new GridMixture(), Range, bound, isSuite ? values.Length : null);
            var largest = Wealth.One;
            foreach (var value in values)
            {
                process.Take(value);
                if (process.Current > largest) largest = process.Current;
                if (process.Largest != largest || double.IsNaN(process.Current.Mantissa) || process.Current < Wealth.Nothing) return false;
            }

            return true;
        });

    [Fact]
    public void Take_SuiteWhoseRestCannotTipIt_IsCertain()
    {
        var above = new BettingProcess(new GridMixture(), 10, 5, units: 4);
        above.Take(10);
        above.Take(10);
        Assert.NotEqual(Wealth.Certain, above.Current);
        above.Take(1);
        Assert.Equal((Wealth.Certain, Wealth.CertainLog), (above.Current, above.Largest.Log));
        above.Take(0);
        Assert.Equal(Wealth.Certain, above.Current);
    }

    [Fact]
    public void Take_SuiteWhoseRestCannotExceedIt_IsNothing()
    {
        var below = new BettingProcess(new GridMixture(), 10, 5, units: 4);
        below.Take(0);
        Assert.True(below.Current > Wealth.Nothing);
        below.Take(0);
        Assert.Equal((Wealth.Nothing, -Wealth.CertainLog, Wealth.One), (below.Current, below.Current.Log, below.Largest));
    }

    [Fact]
    public void Take_ValueWithoutABet_IsUsedUpAndShowsNothing()
    {
        var process = new BettingProcess(new GridMixture(), 10, 5, units: 10);
        process.Take(10, isBetOn: false);
        Assert.Equal(Wealth.One, process.Current);
        var without = new BettingProcess(new GridMixture(), 10, 5, units: 10);
        without.Take(5, isBetOn: false);
        process.Take(8);
        without.Take(8);
        Assert.True(process.Current > without.Current);
    }

    [Fact]
    public void Take_BoundOfNothing_IsCertainOnceThereIsSomething()
    {
        var process = new BettingProcess(new GridMixture(), 10, 0, units: null);
        process.Take(0);
        Assert.Equal(Wealth.One, process.Current);
        process.Take(1);
        Assert.Equal(Wealth.Certain, process.Current);
    }

    [Fact]
    public void Take_ImpossibleValue_Throws()
    {
        var process = new BettingProcess(new GridMixture(), 10, 5, units: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Take(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => process.Take(11));
        process.Take(10);
        Assert.Throws<InvalidOperationException>(() => process.Take(0));
    }

    [Fact]
    public void Wealth_OfDifferentExponents_IsComparedByValue()
    {
        Assert.True(new Wealth(1, 300) > new Wealth(3, 298) && new Wealth(1, 300) < new Wealth(5, 298) && new Wealth(1, 300).CompareTo(new Wealth(4, 298)) == 0);
        Assert.True(Wealth.Certain > new Wealth(1, 5000) && new Wealth(1, 5000) > Wealth.One && new Wealth(1, -5000) > Wealth.Nothing);
        Assert.Equal(5000 * Math.Log(2), new Wealth(1, 5000).Log, 6);
    }
}
