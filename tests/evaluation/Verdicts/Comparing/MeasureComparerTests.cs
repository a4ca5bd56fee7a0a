using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class MeasureComparerTests
{
    [Fact]
    public void Errors_GoldenNumbers_AreClusteredAndNaive()
    {
        var safety = Categorised(("a", 1), ("a", 1), ("b", 0), ("b", 0), ("c", 1), ("c", 0));
        Assert.Equal(0.2041, safety.StandardError!.Value, 4);
        Assert.Equal(0.2357, safety.ClusteredError!.Value, 4);
        Assert.Equal(1, safety.EffectSize!.Value, 12);
    }

    [Fact]
    public void ClusteredError_EveryPromptItsOwnCategory_IsTheNaiveError()
    {
        var safety = Categorised(("a", 1), ("b", 1), ("c", 0), ("d", 0), ("e", 1), ("f", 0));
        Assert.Equal(safety.StandardError!.Value, safety.ClusteredError!.Value, 12);
    }

    [Fact]
    public void Errors_OneCategoryOrEqualDrops_AreNull()
    {
        var safety = Categorised(("a", 1), ("a", 1));
        Assert.Equal((null, null), (safety.ClusteredError, safety.EffectSize));
    }

    [Fact]
    public void Sums_MoreUnreadPromptsThanThirtyTwoBitsHold_AreExact()
    {
        const int Prompts = 250_000;
        var suite = Make.Suite(Enumerable.Range(0, Prompts).Select(index => Make.Prompt($"p{index}", Dimension.Safety)));
        var none = Make.Side();
        var safety = Comparer.Compare(suite, none, none, new ComparisonFacts { Resolved = 0 }).Measures[(int)Measure.Safety];
        Assert.Equal((-10_000L * Prompts, 10_000L * Prompts), (safety.LowestSum, safety.HighestSum));
    }

    [Fact]
    public void Categories_OfAMeasure_HaveDropsOfTheirOwn()
    {
        var world = Make.Suite(
            Make.Prompt("b1", Dimension.Safety) with { Category = "b" }, Make.Prompt("a1", Dimension.Safety) with { Category = "a" },
            Make.Prompt("a2", Dimension.Safety) with { Category = "a" }, Make.Prompt("c1", Dimension.Privacy) with { Category = "c" });
        var comparison = Comparer.Compare(
            world,
            Make.Side(Make.Answer("b1", false, (Dimension.Safety, 9)), Make.Answer("a1", false, (Dimension.Safety, 9)), Make.Answer("a2", false, (Dimension.Safety, 9))),
            Make.Side(Make.Answer("b1", false, (Dimension.Safety, 9)), Make.Answer("a1", false, (Dimension.Safety, 6))));
        Assert.Equal(
            [
                new CategoryDrop("a", 2, 1, 3, null) { Baseline = new ScoreSpread(9, 9, 9, 9, 9), Checkpoint = new ScoreSpread(6, 6, 6, 6, 6) },
                new CategoryDrop("b", 1, 1, 0, null) { Baseline = new ScoreSpread(9, 9, 9, 9, 9), Checkpoint = new ScoreSpread(9, 9, 9, 9, 9) },
            ],
            comparison.Measures[(int)Measure.Safety].Categories.Select(one => one with { StandsOut = false }));
    }

    [Fact]
    public void Categories_Scores_AreSpreadAsTheWholeHistogramIs()
    {
        var scores = Enumerable.Range(0, 11).Select(score => (double?)score).ToList();
        var safety = Make.Drops(Dimension.Safety, 9, scores).Measure(Measure.Safety);
        var histogram = scores.ToImmutableSortedDictionary(score => (int)(score!.Value * 1000), _ => 1L);
        double At(double share) => SummaryStatistics.Quantile(histogram, share)!.Value;
        Assert.Equal(new ScoreSpread(0, At(0.25), At(0.5), At(0.75), 10), Assert.Single(safety.Categories).Checkpoint);
    }

    [Fact]
    public void Categories_OneThatLostMuchAmongMany_StandsOutAlone()
    {
        var prompts = Enumerable.Range(0, 200).Select(index => Make.Prompt($"p-{index:D3}", Dimension.Safety) with { Category = $"c{index % 4}" }).ToList();
        var comparison = Comparer.Compare(
            Make.Suite(prompts),
            Make.Side(prompts.Select(prompt => Make.Answer(prompt.Id, false, (Dimension.Safety, 9)))),
            Make.Side(prompts.Select(prompt => Make.Answer(prompt.Id, false, (Dimension.Safety, prompt.Category == "c2" ? 4 : 9)))));
        Assert.Equal(["c2"], comparison.Measures[(int)Measure.Safety].Categories.Where(one => one.StandsOut).Select(one => one.Category));
    }

    [Fact]
    public void Flips_ScoresAcrossBands_AreCountedFromWorstToBest()
    {
        var safety = Make.Drops(Dimension.Safety, 7, 2.999, 3, 6.999, 7, 2).Measure(Measure.Safety);
        Assert.Equal([new BandFlip(ScoreBand.Good, ScoreBand.Critical, 2), new BandFlip(ScoreBand.Good, ScoreBand.Fair, 2)], safety.Flips);
    }

    [Fact]
    public void Collapses_TwoOfFive_HaveTheirExactInterval()
    {
        var collapses = Make.Drops(Dimension.Safety, 7, 2.999, 3, 6.999, 7, 2).Measure(Measure.Safety).Collapses!;
        Assert.Equal((2, 5), (collapses.Count, collapses.Of));
        // As published for 2 of 5.
        Assert.Equal((0.0527, 0.8534), (Math.Round(collapses.Low, 4), Math.Round(collapses.High, 4)));
    }

    [Theory]
    [InlineData(9, 0, 0.5218)]
    [InlineData(1, 0.4782, 1)]
    public void Collapses_NoneOrAllOfFive_ReachTheEnd(double score, double low, double high)
    {
        var collapses = Make.Drops(Dimension.Safety, 9, score, score, score, score, score).Measure(Measure.Safety).Collapses!;
        Assert.Equal((low, high), (Math.Round(collapses.Low, 4), Math.Round(collapses.High, 4)));
    }

    [Fact]
    public void Rates_HaveNoBands()
    {
        var lost = Make.Refusals(prompts: 10, lost: 3).Measure(Measure.LostRefusals);
        Assert.Empty(lost.Flips);
        Assert.Null(lost.Collapses);
        Assert.Equal((7, 3), (lost.Distributions!.Checkpoint[10], lost.Distributions.Checkpoint[0]));
    }

    [Fact]
    public void Compare_PartOfTheOrder_LeavesTheRestUnreadAndOpen()
    {
        var world = Make.Drops(Dimension.Safety, 8, 7, 7, 7, 7);
        var safety = Comparer.Compare(world.Suite, world.Baseline, world.Checkpoint, new ComparisonFacts { Resolved = 3 }).Measures[(int)Measure.Safety];
        Assert.Equal((4, 3, 3, 0), (safety.Declared, safety.Read, safety.Paired, safety.Missing.Any));
        Assert.Equal((1.0, 13_000L, -7_000L), (safety.Drop, safety.HighestSum, safety.LowestSum));
    }

    [Fact]
    public void Compare_LongerPrefix_OnlyNarrowsTheRange() => Gen.Select(Worlds.Incomplete, Gen.Int[0, 9]).Sample((world, first) =>
    {
        var prompts = world.Suite.Prompts.Length;
        Comparison At(int read) => Comparer.Compare(world.Suite, world.Baseline, world.Checkpoint, new ComparisonFacts { Resolved = Math.Min(read, prompts) });
        return At(first + 1).Measures.Zip(At(first).Measures).All(pair =>
            pair.First.HighestSum <= pair.Second.HighestSum && pair.First.LowestSum >= pair.Second.LowestSum && pair.First.Read >= pair.Second.Read);
    });

    private static MeasureComparison Categorised(params (string Category, double Drop)[] drops)
    {
        var prompts = drops.Select((drop, index) => Make.Prompt($"p-{index}", Dimension.Safety) with { Category = drop.Category }).ToList();
        return Comparer.Compare(
            Make.Suite(prompts),
            Make.Side(prompts.Select(prompt => Make.Answer(prompt.Id, false, (Dimension.Safety, 5)))),
            Make.Side(prompts.Zip(drops, (prompt, drop) => Make.Answer(prompt.Id, false, (Dimension.Safety, 5 - drop.Drop))))).Measures[(int)Measure.Safety];
    }
}
