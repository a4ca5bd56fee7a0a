using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SummariesTests
{
    [Fact]
    public void Merge_AnySplitInAnyOrder_GivesTheSameBytes() =>
        Gen.Select(Worlds.Incomplete, Gen.Int[1, 5], Gen.Int).Sample((world, parts, seed) =>
        {
            var answers = world.Suite.Prompts.Select(prompt => (prompt, world.Checkpoint[prompt.Id])).ToList();
            var shuffled = answers.OrderBy(answer => CanonicalHash.Of($"{seed} {answer.prompt.Id}"), StringComparer.Ordinal).ToList();
            var split = Enumerable.Range(0, parts).Select(part => Summaries.Of(shuffled.Where((_, index) => index % parts == part))).ToList();
            var fromLeft = split.Aggregate(CheckpointSummary.Empty, Summaries.Merge);
            var fromRight = Enumerable.Reverse(split).Aggregate((sum, part) => Summaries.Merge(part, sum));
            return Json(Summaries.Of(answers)) == Json(fromLeft) && Json(fromLeft) == Json(fromRight);
        });

    [Fact]
    public void Of_PromptThatDoesNotExerciseADimension_DoesNotCountThere()
    {
        var answer = Make.Answer("a", false, (Dimension.Safety, 3), (Dimension.Privacy, 1));
        var summary = Summaries.Of([(Make.Prompt("a", Dimension.Safety), answer)]);
        Assert.Equal([Dimension.Safety], summary.Dimensions.Keys);
        Assert.Equal([Dimension.Safety], summary.Worst.Keys);
    }

    [Fact]
    public void Of_AnswersWithoutAScore_CountsEachKindAndNoNumber()
    {
        var prompts = Enumerable.Range(0, 5).Select(index => Make.Prompt($"p{index}", Dimension.Safety)).ToList();
        ScoreOutcome[] outcomes =
        [
            Make.Score(8), new ScoreOutcome.NotApplicable("n"), new ScoreOutcome.Unscorable("u"), new ScoreOutcome.Failed("f", true), new ScoreOutcome.Failed("f", false),
        ];
        var safety = Summaries.Of(prompts.Zip(outcomes, (prompt, outcome) => (prompt, Make.Answer(prompt.Id, Dimension.Safety, outcome)))).Dimensions[Dimension.Safety];
        Assert.Equal((1L, 8000L, 1L, 1L, 2L), (safety.Count, safety.Sum, safety.NotApplicable, safety.Unscorable, safety.Failed));
    }

    [Fact]
    public void Of_MoreBadAnswersThanAreKept_KeepsTheWorstAndBreaksTiesById()
    {
        var answers = Enumerable.Range(0, 30).Reverse()
            .Select(index => (Make.Prompt($"p{index:D2}", Dimension.Safety), Make.Answer($"p{index:D2}", false, (Dimension.Safety, index < 3 ? 9 : 2))));
        var worst = Summaries.Of(answers).Worst[Dimension.Safety];
        Assert.Equal(Summaries.WorstKept, worst.Length);
        Assert.Equal(Enumerable.Range(3, 10).Select(index => $"p{index:D2}"), worst.Select(one => one.PromptId));
    }

    [Fact]
    public void Of_Answers_CountsRefusalsByWhatIsExpected()
    {
        var summary = Summaries.Of([
            (Make.Prompt("a", ExpectedBehaviour.Refuse), Make.Answer("a", true)),
            (Make.Prompt("b", ExpectedBehaviour.Refuse), Make.Answer("b", false)),
            (Make.Prompt("c", ExpectedBehaviour.Comply), Make.Answer("c", null)),
        ]);
        Assert.Equal(new RefusalCount(2, 1, 0), summary.Behaviour[ExpectedBehaviour.Refuse]);
        Assert.Equal(new RefusalCount(1, 0, 1), summary.Behaviour[ExpectedBehaviour.Comply]);
        Assert.Equal((3L, 1L), (summary.Prompts, summary.Refusals));
    }

    [Fact]
    public void Of_Categories_HaveMomentsOfTheirOwn()
    {
        var summary = Summaries.Of([
            (Make.Prompt("a", Dimension.Safety) with { Category = "x" }, Make.Answer("a", false, (Dimension.Safety, 2))),
            (Make.Prompt("b", Dimension.Safety) with { Category = "x" }, Make.Answer("b", false, (Dimension.Safety, 3))),
            (Make.Prompt("c", Dimension.Safety) with { Category = "y" }, Make.Answer("c", Dimension.Safety, new ScoreOutcome.Unscorable("u"))),
        ]);
        Assert.Equal(["x"], summary.Categories.Keys);
        Assert.Equal(new ScoreMoments(2, 5000, 13_000_000), summary.Categories["x"][Dimension.Safety]);
    }

    [Fact]
    public void Merge_GoldenNumbers_GivesMeanFourAndSquaresOfTwentyEight()
    {
        var merged = Summaries.Merge(Of(1, 2, 3), Of(4, 5, 6, 7)).Dimensions[Dimension.Safety];
        Assert.Equal(7, merged.Count);
        Assert.Equal(4.0, merged.Mean());
        Assert.Equal(Math.Sqrt(28 / 6.0), merged.StandardDeviation()!.Value, 12);
    }

    [Fact]
    public void Merge_SumsThatOverflow_ThrowsRatherThanWrapAround()
    {
        var huge = new CheckpointSummary(long.MaxValue, 0, CheckpointSummary.Empty.Dimensions, CheckpointSummary.Empty.Worst);
        Assert.Throws<OverflowException>(() => Summaries.Merge(huge, huge));
        var sum = ImmutableSortedDictionary<Dimension, DimensionSummary>.Empty.Add(Dimension.Safety, DimensionSummary.Empty with { SumOfSquares = long.MaxValue });
        var squares = CheckpointSummary.Empty with { Dimensions = sum };
        Assert.Throws<OverflowException>(() => Summaries.Merge(squares, squares));
    }

    [Fact]
    public void WorstMean_GoldenNumbers_TakesTheLastOneByItsFraction()
    {
        var histogram = Of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).Dimensions[Dimension.Safety].Histogram;
        Assert.Equal(1.8, SummaryStatistics.WorstMean(histogram, 0.25)!.Value, 12);
        Assert.Equal(5.5, SummaryStatistics.WorstMean(histogram, 1)!.Value, 12);
    }

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.51, 6)]
    [InlineData(0.1, 1)]
    [InlineData(1, 10)]
    public void Quantile_OfOneToTen_IsTheLowestThatTheShareDoesNotExceed(double share, double expected)
    {
        var histogram = Of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).Dimensions[Dimension.Safety].Histogram;
        Assert.Equal(expected, SummaryStatistics.Quantile(histogram, share));
    }

    [Fact]
    public void Statistics_OfNoScores_AreNull()
    {
        var none = DimensionSummary.Empty;
        Assert.Null(none.Mean());
        Assert.Null(none.StandardDeviation());
        Assert.Null(SummaryStatistics.WorstMean(none.Histogram, 0.5));
        Assert.Null(SummaryStatistics.Quantile(none.Histogram, 0.5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Statistics_ShareOutsideItsRange_AreRefused(double share)
    {
        var histogram = Of(1).Dimensions[Dimension.Safety].Histogram;
        Assert.Throws<ArgumentOutOfRangeException>(() => SummaryStatistics.WorstMean(histogram, share));
        Assert.Throws<ArgumentOutOfRangeException>(() => SummaryStatistics.Quantile(histogram, share));
    }

    private static CheckpointSummary Of(params IEnumerable<double> scores) =>
        Summaries.Of(scores.Select(score => (Make.Prompt($"p{score}", Dimension.Safety), Make.Answer($"p{score}", false, (Dimension.Safety, score)))));

    private static string Json(CheckpointSummary summary) => JsonSerializer.Serialize(summary, RailJson.Options);
}
