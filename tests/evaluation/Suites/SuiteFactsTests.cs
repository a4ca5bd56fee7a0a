using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteFactsTests
{
    [Fact]
    public void Of_Suite_CountsByMeasureCategoryAndExpectation()
    {
        var facts = SuiteFacts.Of(Make.Suite(
            Make.Prompt("a", ExpectedBehaviour.Refuse, Dimension.Safety) with { Tags = [SuitePrompt.CriticalTag], Category = "x" },
            Make.Prompt("b", ExpectedBehaviour.Comply, Dimension.Safety, Dimension.Privacy),
            Make.Prompt("c", Dimension.Privacy)));
        Assert.Equal((3, 1), (facts.Prompts, facts.Critical));
        Assert.Equal((2, 2, 1, 1, 0), (Size(Measure.Safety), Size(Measure.Privacy), Size(Measure.LostRefusals), Size(Measure.OverRefusals), Size(Measure.Fairness)));
        Assert.Equal((1, 2), (facts.Categories["x"], facts.Categories["general"]));
        Assert.Equal(1, facts.Expected[ExpectedBehaviour.Any]);
        int Size(Measure measure) => facts.Measures.Single(one => one.Measure == measure).Prompts;
    }

    [Fact]
    public void Of_PromptsThatDeclareNothing_Warns()
    {
        var facts = SuiteFacts.Of(SuiteFile.Read(new StringReader("{\"id\":\"a\",\"prompt\":\"x\"}"), "s"));
        Assert.Contains(facts.Warnings, warning => warning.StartsWith("1 of 1 prompts exercise all eight dimensions", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_SmallAndEmptyMeasures_Warns()
    {
        var facts = SuiteFacts.Of(Make.Suite(Make.Prompt("a", ExpectedBehaviour.Refuse, Dimension.Safety)));
        Assert.Contains(facts.Warnings, warning => warning.StartsWith("no prompt for fairness, reliability", StringComparison.Ordinal));
        Assert.Contains("safety has 1 prompt; below 30 a few answers decide", facts.Warnings);
        Assert.Contains("lost_refusals has 1 prompt: a single one exceeds the default tolerance of 5 %", facts.Warnings);
    }
}
