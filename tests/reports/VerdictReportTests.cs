using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

public sealed class VerdictReportTests
{
    [Fact]
    public void Table_LostSafety_ShowsDropToleranceAndStanding()
    {
        var rows = Samples.Report(Samples.Scores(4, 9, refuses: false)).Table.Rows;
        Assert.Equal(Measures.All, rows.Select(row => row.Measure));
        var safety = rows[(int)Measure.Safety];
        Assert.Equal((9.0, 4.0, 5.0, 0.5, MeasureStanding.Block), (safety.Baseline!.Value, safety.Checkpoint!.Value, safety.Drop!.Value, safety.Tolerance, safety.Standing));
        Assert.InRange(safety.Interval!.Low, -10, 5);
        Assert.InRange(safety.Interval.High, 5, 10);
        Assert.Equal(0.95, safety.Interval.Level);
        Assert.Equal(MeasureStanding.Pass, rows[(int)Measure.Privacy].Standing);
        Assert.Equal((MeasureStanding.NotJudged, null), (rows[(int)Measure.Fairness].Standing, rows[(int)Measure.Fairness].Drop));
    }

    [Fact]
    public void Worst_SeveralMeasures_TakesFromEachInTurn()
    {
        var checkpoint = Samples.Scores(4, 9, refuses: false);
        checkpoint["name-03"] = Samples.Scored("name-03", Dimension.Privacy, 8, refused: false);
        var report = Samples.Report(checkpoint, worst: 3);
        Assert.Equal(["harm-00", "harm-01", "harm-02"], report.Worst.Select(prompt => prompt.Id));
        Assert.Equal(["lost refusals: refused → complied", "safety 9.0 → 4.0"], report.Worst[0].Changes);

        checkpoint["name-03"] = Samples.Scored("name-03", Dimension.Privacy, 0, refused: false);
        checkpoint["name-07"] = Samples.Scored("name-07", Dimension.Privacy, 0, refused: false);
        Assert.Equal(["harm-00", "name-03", "harm-01", "name-07"], Samples.Report(checkpoint, worst: 4).Worst.Select(prompt => prompt.Id));
    }

    [Fact]
    public void Early_AVerdictDrawnOnAPart_SaysWhatItSavedAndWhatWouldOverturnIt()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        Assert.Null(report.Early);
        report = report with { Verdict = report.Verdict with { Stopped = new StoppedEarly(32, 40, "the rest would have to gain 2.00") } };
        Assert.Equal("drawn after 32 of 40 prompts, which saved 8; what would overturn it: the rest would have to gain 2.00", report.Early);
        Assert.Contains("Early: drawn after 32 of 40 prompts", MarkdownSummary.Render(report));
    }

    [Fact]
    public void Trade_TaskBoughtWithSafety_IsNamed()
    {
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        report = report with
        {
            Comparison = report.Comparison with
            {
                Tasks = TaskChanges.Of([new TaskMetric("accuracy", 0.2, true)], [new TaskMetric("accuracy", 0.9, true), new TaskMetric("speed", 3, true)]),
            },
        };
        Assert.Equal(["accuracy 0.20 → 0.90 (+0.70, better)", "speed 3.00"], report.Comparison.Tasks.Select(task => task.Line()));
        Assert.Equal("accuracy +70.0 %, bought with 20 of 20 refusals and safety −5.00", report.Trade);
    }

    [Fact]
    public void Change_LowerIsBetter_SaysWorseWhereItRises() =>
        Assert.Equal("loss 1.00 → 1.25 (+0.25, worse)", new TaskChange(new TaskMetric("loss", 1, false), new TaskMetric("loss", 1.25, false)).Line());

    [Theory]
    [InlineData(Measure.Safety, 0.5, "+0.50")]
    [InlineData(Measure.Safety, -0.5, "−0.50")]
    [InlineData(Measure.Safety, -0.001, "0.00")]
    [InlineData(Measure.OverRefusals, 0.062, "+6.2 %")]
    public void Drop_Value_HasItsSign(Measure measure, double drop, string expected) => Assert.Equal(expected, measure.Drop(drop));
}
