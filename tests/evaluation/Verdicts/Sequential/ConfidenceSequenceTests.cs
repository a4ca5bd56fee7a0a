using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ConfidenceSequenceTests
{
    [Fact]
    public void Of_CompleteScores_HoldsTheDrop() => Worlds.Complete.Sample(world => world.Compare().Measures.All(one => one.Declared == 0
        ? one.Interval is null
        : one.Interval is { Level: 0.95 } interval && interval.Low <= one.Drop!.Value + 1e-6 && interval.High >= one.Drop.Value - 1e-6));

    [Fact]
    public void Of_AnyScores_StaysWithinWhatAMeasureCanLose() => Worlds.Incomplete.Sample(world => world.Compare().Measures.All(one =>
        one.Interval is null || (one.Interval.Low >= (one.Measure.AsDimension() is null ? 0 : -10) && one.Interval.High <= (one.Measure.AsDimension() is null ? 1 : 10))));

    [Fact]
    public void Of_MissingScore_WidensBothEnds()
    {
        var suite = Tables.Suite(300);
        var whole = Interval(suite, [.. suite.Order.Select((_, index) => index % 2 == 0 ? 1000 : 0)]);
        var holes = Interval(suite, [.. suite.Order.Select((_, index) => index % 10 == 1 ? null : index % 2 == 0 ? (int?)1000 : 0)]);
        Assert.True(holes.Low < whole.Low && holes.High > whole.High);
    }

    [Fact]
    public void Of_HalfASuite_IsAboutItsMeanAndNarrowerThanAPopulation()
    {
        var suite = Tables.Suite(400);
        int?[] drops = [.. suite.Order.Select((_, index) => (int?)(index % 4 == 0 ? 4000 : 0))];
        var ofSuite = Interval(suite, drops, Tables.Facts(EvidenceTarget.Suite, resolved: 380));
        var ofPopulation = Interval(suite, drops, Tables.Facts(EvidenceTarget.Population, resolved: 380));
        Assert.True(ofSuite.High - ofSuite.Low < (ofPopulation.High - ofPopulation.Low) / 1.2);
        Assert.InRange(1.0, ofSuite.Low, ofSuite.High);
    }

    [Fact]
    public void Of_WholeSuite_SaysHowFarItWouldVaryOverPromptsLikeThese()
    {
        var suite = Tables.Suite(400);
        int?[] drops = [.. suite.Order.Select((_, index) => (int?)(index % 4 == 0 ? 4000 : 0))];
        Assert.Equal(Interval(suite, drops, Tables.Facts(EvidenceTarget.Population)), Interval(suite, drops, Tables.Facts(EvidenceTarget.Suite)));
    }

    [Fact]
    public void Of_SmallerShareOfAlpha_IsWiderAndSaysItsLevel()
    {
        var suite = Tables.Suite(100);
        int?[] drops = [.. suite.Order.Select((_, index) => (int?)(index % 4 * 1000))];
        var (all, share) = (Interval(suite, drops), Interval(suite, drops, Tables.Facts(EvidenceTarget.Suite, alpha: 0.0025)));
        Assert.True(share.Low < all.Low && share.High > all.High);
        Assert.Equal((0.95, 0.9975), (all.Level, share.Level));
    }

    [Theory]
    [InlineData(EvidenceTarget.Suite)]
    [InlineData(EvidenceTarget.Population)]
    public void Of_ManyOrders_LeavesTheMeanOutOnEitherSideInAtMostOneOfTwenty(EvidenceTarget target)
    {
        // Every twentieth prompt loses all. A prefix of nine tenths, so that a suite is not complete.
        const int Orders = 1000;
        var suite = Tables.Suite(60);
        var random = new Random(5);
        int[] table = [.. Enumerable.Range(0, 60).Select(index => index % 20 == 0 ? 10_000 : 200)];
        var (below, above) = (0, 0);
        for (var order = 0; order < Orders; order++)
        {
            if (target == EvidenceTarget.Suite) random.Shuffle(table);
            var drops = target == EvidenceTarget.Suite ? table : random.GetItems(table, 60);
            var interval = Interval(suite, [.. drops.Select(drop => (int?)drop)], Tables.Facts(target, resolved: 54));
            if (interval.Low > 0.69) below++;
            if (interval.High < 0.69) above++;
        }

        Assert.InRange(below, 0, Orders / 20);
        Assert.InRange(above, 0, Orders / 20);
    }

    private static Interval Interval(OrderedSuite suite, IReadOnlyList<int?> drops, ComparisonFacts? facts = null)
    {
        var (baseline, checkpoint) = Tables.Sides(suite, drops);
        return ConfidenceSequence.Of(Measure.Safety, suite, baseline, checkpoint, facts ?? ComparisonFacts.None)!;
    }
}
