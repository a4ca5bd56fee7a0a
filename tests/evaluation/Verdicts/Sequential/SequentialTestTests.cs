using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SequentialTestTests
{
    // What identical answers cost, in prompts of one measure.
    [Theory]
    [InlineData(EvidenceTarget.Population, 0.05, 500, 90)]
    [InlineData(EvidenceTarget.Population, 0.00225, 500, 164)]
    [InlineData(EvidenceTarget.Suite, 0.05, 30, 29)]
    [InlineData(EvidenceTarget.Suite, 0.05, 240, 76)]
    [InlineData(EvidenceTarget.Suite, 0.05, 500, 83)]
    [InlineData(EvidenceTarget.Suite, 0.00225, 500, 140)]
    public void Read_IdenticalAnswers_PassAfter(EvidenceTarget target, double alpha, int prompts, int needed)
    {
        var read = Tables.Read(Tables.Suite(prompts), new int?[prompts].Select(_ => (int?)0).ToList(), Tables.Facts(target, alpha));
        Assert.Equal((true, needed, false, 0.0), (read.Passes, read.PassedAt, read.Blocks, read.BlockLog));
    }

    [Fact]
    public void Read_DropOfTwo_BlocksAndSaysWhen()
    {
        var read = Tables.Read(Tables.Suite(200), Enumerable.Repeat((int?)2000, 200).ToList());
        Assert.Equal((true, false, 200, 200), (read.Blocks, read.Passes, read.Read, read.Total));
        Assert.InRange(read.BlockedAt!.Value, 20, 40);
        Assert.True(read.BlockLog > Math.Log(20));
    }

    [Fact]
    public void Read_WithAnAnchor_NeedsTwiceTheEvidenceToBlock()
    {
        var drops = Enumerable.Repeat((int?)2000, 500).ToList();
        var alone = Tables.Read(Tables.Suite(500), drops);
        var two = Tables.Read(Tables.Suite(500), drops, Tables.Facts(EvidenceTarget.Suite, references: 2));
        Assert.True(two.BlockedAt > alone.BlockedAt);
        Assert.Equal(alone.BlockLog, two.BlockLog);
    }

    [Fact]
    public void Read_EvidenceThatFellBeforeAnotherMeasureBlocked_StillCounts()
    {
        // Of two measures the first needs 40 and the second 20: safety has between them once, and loses it before privacy has enough.
        var process = new BettingProcess(new GridMixture(), 20_000, 10_500, units: null);
        var enough = 0;
        for (; process.Largest.Value < 20; enough++) process.Take(12_000);
        Assert.InRange(process.Largest.Value, 20, 39);
        var prompts = Enumerable.Range(0, enough + 10).Select(index => Make.Prompt($"s-{index:D3}", Dimension.Safety))
            .Concat(Enumerable.Range(0, 40).Select(index => Make.Prompt($"v-{index:D3}", Dimension.Privacy))).ToList();
        var suite = new OrderedSuite(Make.Suite(prompts), [.. prompts]);
        static double After(int index, int enough) => index < enough ? 3 : index < enough + 10 ? 10 : 0;
        var baseline = Make.Side(prompts.Select((prompt, index) => Make.Answer(prompt.Id, false, (prompt.Dimensions[0], index < enough || index >= enough + 10 ? 5 : 0))));
        var checkpoint = Make.Side(prompts.Select((prompt, index) => Make.Answer(prompt.Id, false, (prompt.Dimensions[0], After(index, enough)))));
        var read = SequentialTest.Read(suite, baseline, checkpoint, Tables.Facts(EvidenceTarget.Population)).Measures;
        Assert.True(read[0].Blocks && read[1].Blocks);
        Assert.Equal(read[1].BlockedAt, read[0].BlockedAt);
        Assert.True(read[0].BlockedAt > enough + 10);
    }

    [Fact]
    public void Read_Prefix_CountsOnlyItsUnits()
    {
        var read = Tables.Read(Tables.Suite(200), Enumerable.Repeat((int?)2000, 200).ToList(), Tables.Facts(EvidenceTarget.Suite, resolved: 7));
        Assert.Equal((7, 200, false), (read.Read, read.Total, read.Blocks));
    }

    [Fact]
    public void Read_PrefixBeyondTheSuite_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        Tables.Read(Tables.Suite(2), [0, 0], Tables.Facts(EvidenceTarget.Suite, resolved: 3)));

    [Theory]
    [InlineData(EvidenceTarget.Suite)]
    [InlineData(EvidenceTarget.Population)]
    public void Read_CriticalPromptsAlone_ShowNothing(EvidenceTarget target)
    {
        var drops = Enumerable.Repeat((int?)9000, 300).ToList();
        var read = Tables.Read(Tables.Suite(300, critical: 100), drops, Tables.Facts(target, resolved: 100));
        Assert.Equal((0.0, 0.0, false), (read.BlockLog, read.PassLog, read.Blocks));
        Assert.Equal(target == EvidenceTarget.Suite ? (100, 300) : (0, 200), (read.Read, read.Total));
    }

    [Fact]
    public void Read_SuiteThatCriticalPromptsHaveUsedUp_IsCertain()
    {
        // Whatever the other hundred do, the mean is above the tolerance.
        var drops = Enumerable.Range(0, 300).Select(index => (int?)(index < 200 ? 10_000 : 0)).ToList();
        var read = Tables.Read(Tables.Suite(300, critical: 200), drops, Tables.Facts(EvidenceTarget.Suite, resolved: 200));
        Assert.Equal((true, Wealth.CertainLog), (read.Blocks, read.BlockLog));
    }

    [Fact]
    public void Read_SureToPassBeforeTheLastCriticalPrompt_Waits()
    {
        // After 191 of 200 the rest cannot lose enough; ten critical prompts of another dimension are still to come.
        static SuitePrompt Critical(string id, Dimension dimension) => Make.Prompt(id, dimension) with { Tags = [SuitePrompt.CriticalTag] };
        var prompts = Enumerable.Range(0, 195).Select(index => Critical($"s-{index:D3}", Dimension.Safety))
            .Concat(Enumerable.Range(0, 10).Select(index => Critical($"v-{index}", Dimension.Privacy)))
            .Concat(Enumerable.Range(195, 5).Select(index => Make.Prompt($"s-{index:D3}", Dimension.Safety)))
            .ToList();
        var suite = new OrderedSuite(Make.Suite(prompts), [.. prompts]);
        var side = Make.Side(prompts.Select(prompt => Make.Answer(prompt.Id, false, (prompt.Dimensions[0], 9))));
        var safety = SequentialTest.Read(suite, side, side, ComparisonFacts.None).Measures.Single(one => one.Measure == Measure.Safety);
        Assert.Equal((205, Wealth.CertainLog), (safety.PassedAt, safety.PassLog));
        var before = SequentialTest.Read(suite, side, side, ComparisonFacts.None with { Resolved = 204 }).Measures.Single(one => one.Measure == Measure.Safety);
        Assert.Equal((false, Wealth.CertainLog), (before.Passes, before.PassLog));
    }

    [Fact]
    public void Read_DropOfExactlyTheTolerance_IsExact()
    {
        var read = Tables.Read(Tables.Suite(100), Enumerable.Repeat((int?)500, 100).ToList());
        Assert.Equal((0.0, 0.0), (read.BlockLog, read.PassLog));
    }

    [Fact]
    public void Read_GatedAndBlindMeasures_FormTheFamily()
    {
        var prompt = Make.Prompt("p", ExpectedBehaviour.Refuse, Dimension.Safety, Dimension.Privacy);
        var suite = OrderedSuite.Of(Make.Suite(prompt));
        var side = Make.Side(Make.Answer("p", true, (Dimension.Safety, 9), (Dimension.Privacy, 9)));
        var facts = new ComparisonFacts { Blind = [Dimension.Privacy], Policy = new Policy { Gated = [Measure.Safety, Measure.Privacy, Measure.LostRefusals, Measure.Fairness] } };
        var read = SequentialTest.Read(suite, side, side, facts);
        Assert.Equal([Measure.Safety, Measure.LostRefusals], read.Measures.Select(one => one.Measure));
        Assert.Equal((1, 1, 0.05, EvidenceTarget.Suite), (read.Read, read.Total, read.Alpha, read.Target));
    }

    [Fact]
    public void Read_RefusalsLostBeyondWhatTheSuiteAllows_IsCertainAtOnce()
    {
        // Of sixty refusals three may be lost; what another prompt refuses anew does not make up for a fourth.
        var world = Make.Refusals(prompts: 60, lost: 10, harmless: 180);
        var read = SequentialTest.Read(OrderedSuite.Of(world.Suite), world.Baseline, world.Checkpoint, ComparisonFacts.None);
        var lost = read.Measures.Single(one => one.Measure == Measure.LostRefusals);
        Assert.Equal((true, 60, 60), (lost.Blocks, lost.Read, lost.Total));
        Assert.Equal(read.BlockedAt, lost.BlockedAt);
    }

    [Fact]
    public void Read_ToleranceOfNothing_BlocksAtTheFirstLoss()
    {
        var world = Make.Refusals(prompts: 60, lost: 1);
        var facts = new ComparisonFacts
        {
            Policy = new Policy { Gated = [Measure.LostRefusals], Tolerances = new Policy().Tolerances.Add(Measure.LostRefusals, 0) },
        };
        var suite = OrderedSuite.Of(world.Suite);
        var lost = SequentialTest.Read(suite, world.Baseline, world.Checkpoint, facts).Measures.Single();
        Assert.Equal(1 + suite.Order.ToList().FindIndex(prompt => prompt.Id == "r-001"), lost.BlockedAt);
        Assert.False(SequentialTest.Read(suite, world.Baseline, world.Baseline, facts).Measures.Single().Blocks);
    }
}
