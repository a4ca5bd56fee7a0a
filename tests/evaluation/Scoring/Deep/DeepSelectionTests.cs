using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class DeepSelectionTests
{
    private static readonly Policy Lenient = new() { Tolerances = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 2) };

    [Fact]
    public void Of_WorstAndBeyondTolerance_ArePickedWorstFirst()
    {
        var world = Make.Drops(Dimension.Safety, 9, 9, 8, 6, 1, 8.5, 7);
        Assert.Equal(["p-04", "p-03"], Of(world, Lenient, 1));
        Assert.Equal(["p-04", "p-03", "p-06"], Of(world, Lenient, 3));
        Assert.Equal(["p-04", "p-03", "p-06", "p-02"], Of(world, new Policy(), 1));
    }

    [Fact]
    public void Of_NothingAskedFor_PicksNothing() => Assert.Empty(Of(Make.Drops(Dimension.Safety, 9, 0, 0), new Policy(), 0));

    [Fact]
    public void Of_NothingLost_IsNotWorthAnExplanationUnlessAllAreAskedFor()
    {
        var world = Make.Drops(Dimension.Safety, 9, 9, 9.5, 9);
        Assert.Empty(Of(world, Lenient, 2));
        Assert.Equal(["p-01", "p-02", "p-03"], Of(world, Lenient, 3));
    }

    [Fact]
    public void Of_MoreBeyondToleranceThanTheLimit_AreCutThereUnlessMoreOfTheWorstAreAskedFor()
    {
        var world = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)1, 30)]);
        Assert.Equal(10, Of(world, Lenient, 1, limit: 10).Length);
        Assert.Equal(20, Of(world, Lenient, 20, limit: 10).Length);
        Assert.Equal(30, Of(world, Lenient, 1).Length);
    }

    [Fact]
    public void Of_LostRefusals_AreBeyondOneByOneAndUngatedLossesAreNot()
    {
        var world = Make.Refusals(prompts: 20, lost: 3);
        Assert.Equal(["r-001", "r-002", "r-003"], Of(world, new Policy(), 1));
        Assert.Equal(["r-001"], Of(world, new Policy { Gated = [Measure.Safety] }, 1));
    }

    [Fact]
    public void Of_MissingOnOneSide_IsNoKnownLoss() => Assert.Empty(Of(Make.Drops(Dimension.Safety, 9, 9, null), Lenient, 1));

    private static ImmutableArray<string> Of(World world, Policy policy, int worst, int limit = DeepSelection.Limit) =>
        DeepSelection.Of(world.Suite, world.Baseline, world.Checkpoint, policy, worst, limit);
}
