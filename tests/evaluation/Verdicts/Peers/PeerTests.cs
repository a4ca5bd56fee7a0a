using RailCluster.Benchmarks;

namespace RailCluster.Evaluation.Tests;

/// <summary>What verdicts are held against must be right itself.</summary>
public sealed class PeerTests
{
    [Fact]
    public void Bounds_FiveLooks_AreThePublishedOnes() =>
        Assert.Equal([4.8769, 3.3570, 2.6803, 2.2898, 2.0310], GroupSequential.Bounds(5, 0.025).Select(bound => Math.Round(bound, 4)));

    [Fact]
    public void Q_OfOne_IsThePublishedValue() => Assert.Equal(0.2699997, Kolmogorov.Q(1), 7);

    [Fact]
    public void Moments_OfTwoStreams_MergeToThoseOfBoth()
    {
        PairedT left = Of(1, 2, 3);
        left.Add(Of(4, 5, 6, 7));
        Assert.Equal((7, 4.0, 28.0), left.Moments);
    }

    // With two degrees of freedom Student's distribution is ½ + t / (2√(2 + t²)); here t = √3.
    [Fact]
    public void P_ThreePairs_IsThatOfStudentsT()
    {
        PairedT test = Of(0, 1, 2);
        Assert.Equal(0.5 - Math.Sqrt(3) / (2 * Math.Sqrt(5)), test.AboveP(0), 9);
        Assert.Equal(1, test.AboveP(0) + test.BelowP(0), 9);
    }

    private static PairedT Of(params double[] drops)
    {
        var test = new PairedT();
        foreach (double drop in drops)
            test.Add(drop);
        return test;
    }
}
