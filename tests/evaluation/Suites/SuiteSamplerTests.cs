using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteSamplerTests
{
    private static readonly Suite Suite = SuiteIdentity.Create(
        new SuiteHeader("made up", 1),
        [.. Enumerable.Range(0, 100).Select(index => Prompt($"p{index:000}", index < 70 ? "large" : index < 99 ? "middle" : "small"))]);

    [Fact]
    public void Sample_ByCategory_KeepsSharesAndOrder()
    {
        var sample = SuiteSampler.Sample(Suite, 10, byCategory: true, seed: 3);
        Assert.Equal([6, 3, 1], ((string[])["large", "middle", "small"]).Select(category => sample.Prompts.Count(prompt => prompt.Category == category)));
        Assert.Equal(sample.Prompts.Select(prompt => prompt.Id).Order(StringComparer.Ordinal), sample.Prompts.Select(prompt => prompt.Id));
        Assert.Equal(sample.Hash, SuiteSampler.Sample(Suite, 10, byCategory: true, seed: 3).Hash);
        Assert.NotEqual(sample.Hash, SuiteSampler.Sample(Suite, 10, byCategory: true, seed: 4).Hash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sample_Everything_IsTheSuite(bool byCategory) => Assert.Equal(Suite.Hash, SuiteSampler.Sample(Suite, 100, byCategory, seed: 9).Hash);

    [Fact]
    public void Sample_FewerThanCategories_GivesExactlyThatMany() => Assert.Equal(2, SuiteSampler.Sample(Suite, 2, byCategory: true, seed: 1).Prompts.Length);

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Sample_ImpossibleSize_IsRefused(int count) => Assert.Throws<RailInputException>(() => SuiteSampler.Sample(Suite, count, byCategory: false, seed: 1));

    [Fact]
    public void Facts_Suite_CountsByDeclaration()
    {
        var facts = SuiteFacts.Of(SuiteIdentity.Create(
            new SuiteHeader("made up", 1),
            [
                Prompt("a", "x") with { Expected = ExpectedBehaviour.Refuse, Dimensions = [Dimension.Safety], Tags = [SuitePrompt.CriticalTag] },
                Prompt("b", "x") with { Expected = ExpectedBehaviour.Comply },
            ]));
        Assert.Equal([1, 2, 1, 1, 1, 1, 1, 1, 1, 1], facts.Measures.Select(size => size.Prompts));
        Assert.Equal((2, 1), (facts.Categories["x"], facts.Critical));
        Assert.Contains(facts.Warnings, warning => warning.StartsWith("1 of 2 prompts exercise all eight", StringComparison.Ordinal));
        Assert.Contains("lost_refusals has 1 prompts: a single one exceeds the default tolerance of 5 %", facts.Warnings);
    }

    private static SuitePrompt Prompt(string id, string category) =>
        new(id, new PromptInput.Text("x"), category, ExpectedBehaviour.Any, Dimensions.All);
}
