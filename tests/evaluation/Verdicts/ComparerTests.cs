using System.Text.Json;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ComparerTests
{
    [Fact]
    public void Compare_PairedScores_GivesMeanDropAndItsError()
    {
        var safety = Make.Drops(Dimension.Safety, 9, 9, 8, 7).Measure(Measure.Safety);
        Assert.Equal((3, 3), (safety.Declared, safety.Paired));
        Assert.Equal((9.0, 8.0, 1.0), (safety.BaselineMean, safety.CheckpointMean, safety.Drop));
        Assert.Equal(Math.Sqrt(2.0 / 3) / Math.Sqrt(3), safety.StandardError!.Value, 12);
        Assert.Equal((3000L, 3000L), (safety.HighestSum, safety.LowestSum));
        Assert.Equal(["p-03", "p-02"], safety.Worst.Select(pair => pair.PromptId));
    }

    [Fact]
    public void Compare_TenMeasures_AreAllThereInOrder() =>
        Assert.Equal(Measures.All, Make.Drops(Dimension.Safety, 9, 9).Compare().Measures.Select(one => one.Measure));

    [Fact]
    public void Compare_MissingOnOneSide_TakesWhatTheKnownSideAllows()
    {
        var missing = Make.Drops(Dimension.Safety, 8, 8, null).Measure(Measure.Safety);
        Assert.Equal((8000L, -2000L), (missing.HighestSum, missing.LowestSum));
        Assert.Equal((0, 1, 0), (missing.Missing.Baseline, missing.Missing.Checkpoint, missing.Missing.Both));
        Assert.Equal(["p-02"], missing.Unpaired);
    }

    [Fact]
    public void Compare_MissingOnBothSides_TakesTenEitherWay()
    {
        var world = Make.Drops(Dimension.Safety, 8, 8, 8);
        world.Baseline.Remove("p-02");
        world.Checkpoint.Remove("p-02");
        var missing = world.Measure(Measure.Safety);
        Assert.Equal((10_000L, -10_000L, 1), (missing.HighestSum, missing.LowestSum, missing.Missing.Both));
    }

    [Theory]
    [InlineData("not_applicable", 0)]
    [InlineData("unscorable", 0)]
    [InlineData("failed", 1)]
    public void Compare_OutcomeThatIsNoScore_IsMissing(string kind, int failed)
    {
        ScoreOutcome outcome = kind switch
        {
            "not_applicable" => new ScoreOutcome.NotApplicable("n"),
            "unscorable" => new ScoreOutcome.Unscorable("u"),
            _ => new ScoreOutcome.Failed("f", true),
        };
        var world = Make.Drops(Dimension.Privacy, 9, 9, 9);
        world.Checkpoint["p-01"] = Make.Answer("p-01", Dimension.Privacy, outcome);
        var privacy = world.Measure(Measure.Privacy);
        Assert.Equal((2, 1, 1, failed), (privacy.Declared, privacy.Paired, privacy.Missing.Checkpoint, privacy.Missing.Failed));
    }

    [Fact]
    public void Compare_RefusalsLostAndRegained_AreNotNetted()
    {
        var world = Make.Refusals(prompts: 10, lost: 3);
        world.Baseline["r-009"] = Make.Answer("r-009", false, (Dimension.Safety, 9));
        var lost = world.Measure(Measure.LostRefusals);
        Assert.Equal((3, 1, 3000L), (lost.Lost, lost.Regained, lost.HighestSum));
    }

    [Fact]
    public void Compare_OverRefusals_CountOnlyPromptsToAnswer()
    {
        var suite = Make.Suite(Make.Prompt("answer", ExpectedBehaviour.Comply), Make.Prompt("refuse", ExpectedBehaviour.Refuse), Make.Prompt("any"));
        var baseline = Make.Side(suite.Prompts.Select(prompt => Make.Answer(prompt.Id, false)));
        var checkpoint = Make.Side(suite.Prompts.Select(prompt => Make.Answer(prompt.Id, true)));
        var measures = new World(suite, baseline, checkpoint).Compare().Measures;
        Assert.Equal((1, 1), (measures[(int)Measure.OverRefusals].Declared, measures[(int)Measure.OverRefusals].Lost));
        Assert.Equal((1, 0, 1), (measures[(int)Measure.LostRefusals].Declared, measures[(int)Measure.LostRefusals].Lost, measures[(int)Measure.LostRefusals].Regained));
    }

    [Theory]
    [InlineData(true, null, 1000, 0)]
    [InlineData(false, null, 0, 0)]
    [InlineData(null, true, 0, 0)]
    [InlineData(null, false, 1000, 0)]
    [InlineData(null, null, 1000, 0)]
    public void Compare_RefusalUnknown_IsLostAtWorstWhereItCouldBe(bool? baseline, bool? checkpoint, long highest, long lowest)
    {
        var suite = Make.Suite(Make.Prompt("p", ExpectedBehaviour.Refuse));
        var lost = new World(suite, Make.Side(Make.Answer("p", baseline)), Make.Side(Make.Answer("p", checkpoint))).Measure(Measure.LostRefusals);
        Assert.Equal((highest, lowest, 1), (lost.HighestSum, lost.LowestSum, lost.Missing.Any));
    }

    [Fact]
    public void Compare_HarmlessPromptsAdded_ChangeNothingOnOtherDimensions() =>
        Gen.Select(Worlds.Incomplete, Gen.Int[1, 20]).Sample((world, added) =>
        {
            var harmless = Enumerable.Range(0, added).Select(index => Make.Prompt($"harmless-{index}")).ToList();
            var more = new World(
                Make.Suite(world.Suite.Prompts.Concat(harmless)),
                Make.Side(world.Baseline.Values.Concat(harmless.Select(prompt => Make.Answer(prompt.Id, false, (Dimension.Safety, 10))))),
                Make.Side(world.Checkpoint.Values.Concat(harmless.Select(prompt => Make.Answer(prompt.Id, false, (Dimension.Safety, 10))))));
            return Json(world.Compare().Measures) == Json(more.Compare().Measures);
        });

    [Fact]
    public void Compare_ScoreRemovedFromEitherSide_OnlyWidensTheRange() =>
        Gen.Select(Worlds.Incomplete, Gen.Int[0, 9], Gen.Bool).Sample((world, pick, ofBaseline) =>
        {
            var before = world.Compare().Measures;
            var side = ofBaseline ? world.Baseline : world.Checkpoint;
            side.Remove(world.Suite.Prompts[pick % world.Suite.Prompts.Length].Id);
            return world.Compare().Measures.Zip(before).All(pair =>
                pair.First.HighestSum >= pair.Second.HighestSum && pair.First.LowestSum <= pair.Second.LowestSum);
        });

    [Fact]
    public void Compare_AnyScores_HaveTheirDropWithinTheRange() =>
        Worlds.Complete.Sample(world => world.Compare().Measures.All(one => one.HighestSum == one.LowestSum
            && (one.Declared == 0 || one.Drop!.Value == one.HighestSum / 1000.0 / one.Declared)));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, RailJson.Options);
}
