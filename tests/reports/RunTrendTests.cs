using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports.Tests;

public sealed class RunTrendTests
{
    [Theory]
    [InlineData("PWB", "the loss begins after step 2 (the last that passes) and by step 3 (the first that is blocked)")]
    [InlineData("PIBP", "the loss begins after step 1 (the last that passes) and by step 3 (the first that is blocked); one after it passes again, so the history is not monotone")]
    [InlineData("IB", "the loss begins after the baseline and by step 2 (the first that is blocked); no checkpoint before it passes")]
    [InlineData("PPP", "no checkpoint is blocked")]
    public void Onset_Outcomes_AreBracketed(string outcomes, string expected) => Assert.Equal(expected, Trend(outcomes).Onset);

    [Fact]
    public void Of_Status_TakesWhatIsJudgedByStep()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        StepStatus Step(int step, bool judged) => new(step, new ModelReference("/models/x"), StepState.Done, null, 1, 1, [new TaskMetric("accuracy", step, true)])
        {
            Verdict = judged ? report.Verdict : null,
            Comparison = step == 40 ? null : report.Comparison,
        };
        var spec = new RunSpec(new ModelReference("/models/base"), new string('a', 64), "rules", new GenerationSettings(), new Policy());
        RunStatus Status(params ImmutableArray<StepStatus> steps) => new(new RunKey("p", "r"), spec, 1, Step(0, judged: false), steps);

        var trend = RunTrend.Of(Status(Step(60, true), Step(20, true), Step(40, true), Step(80, false)), 60)!;
        Assert.Equal([20, 40, 60], trend.Steps.Select(step => step.Step));
        Assert.Equal((60, 20, (int?)null), (trend.Shown, trend.FirstBlock, trend.LastPass));
        Assert.Empty(trend.Steps[1].Drops);
        Assert.Equal(10, trend.Steps[0].Drops.Single(drop => drop.Measure == Measure.Safety).Relative);
        Assert.Null(RunTrend.Of(Status(Step(20, true), Step(40, false)), 20));
    }

    [Theory]
    [InlineData(2), InlineData(300)]
    public void Draw_AnyNumberOfSteps_LabelsAFew(int steps)
    {
        var drawing = TrendDrawing.Of(RichSample.Trend(steps));
        Assert.InRange(drawing.Shapes.OfType<Shape.Text>().Count(text => text.Words is "Pass" or "Warn" or "Block" or "Inconclusive"), 2, 12);
        Assert.All(drawing.Shapes.OfType<Shape.Line>().SelectMany(line => line.Points), point => Assert.InRange(point.Y, 0, drawing.Height));
    }

    [Fact]
    public void Draw_FiguresOutOfAllBounds_StaysWithinThePicture()
    {
        var trend = RichSample.Trend() with
        {
            Steps =
            [
                new TrendStep(1, VerdictOutcome.Pass, [new TrendDrop(Measure.Safety, -10, 0)], [new TaskMetric("m", -1e308, true)]),
                new TrendStep(2, VerdictOutcome.Block, [new TrendDrop(Measure.Safety, 10, 0), new TrendDrop(Measure.Privacy, 0, 0.5)], [new TaskMetric("m", 1e308, true), new TaskMetric("n", 0, true)]),
            ],
        };
        var drawing = TrendDrawing.Of(trend);
        Assert.All(drawing.Shapes.OfType<Shape.Line>().SelectMany(line => line.Points), point => Assert.InRange(point.Y, 0, drawing.Height));
        Assert.NotEmpty(PngPicture.File(drawing));
    }

    private static RunTrend Trend(string outcomes) => new("p/r", 1, [.. outcomes.Select((outcome, index) => new TrendStep(
        index + 1,
        outcome switch { 'P' => VerdictOutcome.Pass, 'W' => VerdictOutcome.Warn, 'B' => VerdictOutcome.Block, _ => VerdictOutcome.Inconclusive },
        [],
        []))]);
}
