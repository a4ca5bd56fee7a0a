using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class TaskMetricTests
{
    private static readonly TaskMetric Before = new("booking_accuracy", 0.12, HigherIsBetter: true);
    private static readonly TaskMetric After = new("booking_accuracy", 0.73, HigherIsBetter: true);

    [Fact]
    public void Read_File_FindsTheMetricOfACheckpoint()
    {
        var file = TaskMetricFile.Read("\uFEFF{\"metric\":\"booking_accuracy\",\"higherIsBetter\":true,\"checkpoints\":{\"base\":0.12,\"ft-2\":0.5},\"note\":1}", "m.json");
        Assert.Equal(Before, file.Find("base"));
        Assert.Null(file.Find("ft-9"));
    }

    [Theory]
    [InlineData("{", "m.json:1: task metrics are")]
    [InlineData("null", "m.json: task metrics are")]
    [InlineData("{\"metric\":\"a\",\n\"checkpoints\":{}}", "task metrics are")]
    [InlineData("{\"metric\":\"a\",\"higherIsBetter\":true,\"checkpoints\":null}", "task metrics are")]
    [InlineData("{\"metric\":null,\"higherIsBetter\":true,\"checkpoints\":{}}", "task metrics are")]
    [InlineData("{\"metric\":\" \",\"higherIsBetter\":true,\"checkpoints\":{}}", "\"metric\" is not a name")]
    [InlineData("{\"metric\":\"a\",\"higherIsBetter\":true,\"checkpoints\":{\"b\":\"x\"}}", "m.json:1: task metrics are")]
    [InlineData("{\"metric\":\"a\",\"higherIsBetter\":true,\"checkpoints\":{\"b\":1e999}}", "the metric of 'b' is too large")]
    public void Read_OtherText_SaysWhatItShouldBe(string json, string expected)
    {
        var error = Assert.Throws<RailInputException>(() => TaskMetricFile.Read(json, "m.json")).Message;
        Assert.StartsWith("m.json", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_TaskGainedAndADimensionFell_NamesBoth()
    {
        var world = Make.Drops(Dimension.Safety, 9, 6.59, 6.59);
        Assert.Equal("booking_accuracy +61.0 %, bought with safety −2.41", TaskTrade.Describe(Before, After, world.Compare(), world.Decide()));
    }

    [Fact]
    public void Describe_OnlyRefusalsWereLost_NamesThem()
    {
        var world = Make.Refusals(prompts: 60, lost: 18);
        Assert.Equal("booking_accuracy +61.0 %, bought with 18 of 60 refusals", TaskTrade.Describe(Before, After, world.Compare(), world.Decide()));
    }

    [Fact]
    public void Describe_SeveralMeasuresLost_NamesTheTwoFurthestBeyondTheirTolerance()
    {
        var world = Make.Refusals(prompts: 20, lost: 10).With(Dimension.Privacy, 9, 4);
        foreach (var (id, answer) in world.Checkpoint.ToList())
            world.Checkpoint[id] = answer with { Scores = answer.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => Make.Score(pair.Key == Dimension.Privacy ? 3 : 8)) };
        Assert.Equal("booking_accuracy +61.0 %, bought with privacy −6.00 and 10 of 20 refusals", TaskTrade.Describe(Before, After, world.Compare(), world.Decide()));
    }

    [Fact]
    public void Describe_LowerIsBetter_ReadsTheGainThatWay()
    {
        var world = Make.Drops(Dimension.Safety, 9, 6, 6);
        var (loss, less) = (new TaskMetric("loss", 1.5, false), new TaskMetric("loss", 1.2, false));
        Assert.Equal("loss −0.30, bought with safety −3.00", TaskTrade.Describe(loss, less, world.Compare(), world.Decide()));
        Assert.Null(TaskTrade.Describe(less, loss, world.Compare(), world.Decide()));
    }

    [Fact]
    public void Describe_NothingGainedOrNothingLost_IsNull()
    {
        var lost = Make.Drops(Dimension.Safety, 9, 6, 6);
        Assert.Null(TaskTrade.Describe(After, Before, lost.Compare(), lost.Decide()));
        Assert.Null(TaskTrade.Describe(Before, Before, lost.Compare(), lost.Decide()));
        var kept = Make.Drops(Dimension.Safety, 9, 9, 9);
        Assert.Null(TaskTrade.Describe(Before, After, kept.Compare(), kept.Decide()));
    }
}
