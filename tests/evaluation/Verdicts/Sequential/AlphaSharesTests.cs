using CsCheck;

namespace RailCluster.Evaluation.Tests;

public sealed class AlphaSharesTests
{
    [Fact]
    public void Of_ExpectedCheckpoint_IsItsPartOfNineTenths() => Assert.Equal(0.00225, AlphaShares.Of(0.05, 20, 20), 12);

    [Fact]
    public void Of_CheckpointBeyond_SpendsTheReserve()
    {
        Assert.Equal(0.005 * 6 / (Math.PI * Math.PI), AlphaShares.Of(0.05, 20, 21), 12);
        Assert.Equal(AlphaShares.Of(0.05, 20, 21) / 9, AlphaShares.Of(0.05, 20, 23), 12);
    }

    [Fact]
    public void Of_AnyNumberOfCheckpoints_SumToAtMostTheWhole() =>
        Gen.Select(Gen.Double[1e-6, 0.5], Gen.Int[1, 500], Gen.Int[1, 2000]).Sample((alpha, expected, checkpoints) =>
            Enumerable.Range(1, checkpoints).Sum(index => AlphaShares.Of(alpha, expected, index)) <= alpha);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Of_NothingExpectedOrNoCheckpoint_Throws(int expected, int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaShares.Of(0.05, expected, index));
}
