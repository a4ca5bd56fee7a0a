using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteSamplerTests
{
    private static readonly Suite Sixty = Make.Suite(Enumerable.Range(0, 60).Select(index =>
        Make.Prompt($"p{index:D2}", Dimension.Safety) with { Category = index < 40 ? "big" : index < 58 ? "middle" : "small" }));

    [Fact]
    public void Sample_AnySizeAndSeed_HasThatManyPromptsInFileOrder() =>
        Gen.Select(Gen.Int[1, 60], Gen.Bool, Gen.Long).Sample((count, byCategory, seed) =>
        {
            var ids = Ids(SuiteSampler.Sample(Sixty, count, byCategory, seed));
            return ids.Count == count && ids.SequenceEqual(ids.Order(StringComparer.Ordinal)) && ids.Distinct().Count() == count;
        });

    [Fact]
    public void Sample_SameSeed_DrawsTheSameAndAnotherSeedOthers()
    {
        Assert.Equal(SuiteSampler.Sample(Sixty, 20, true, 1).Hash, SuiteSampler.Sample(Sixty, 20, true, 1).Hash);
        Assert.NotEqual(SuiteSampler.Sample(Sixty, 20, true, 1).Hash, SuiteSampler.Sample(Sixty, 20, true, 2).Hash);
    }

    [Fact]
    public void Sample_LargerSampleOfTheSameSeed_HoldsTheSmaller() =>
        Assert.Subset(Ids(SuiteSampler.Sample(Sixty, 30, false, 4)).ToHashSet(), Ids(SuiteSampler.Sample(Sixty, 10, false, 4)).ToHashSet());

    [Fact]
    public void Sample_ByCategory_KeepsSharesAndEveryCategory()
    {
        var counts = SuiteSampler.Sample(Sixty, 12, byCategory: true, seed: 1).Prompts.CountBy(prompt => prompt.Category).ToDictionary();
        Assert.Equal((8, 3, 1), (counts["big"], counts["middle"], counts["small"]));
    }

    [Fact]
    public void Sample_Header_SaysThatAndHowItWasDrawn()
    {
        Assert.Equal("A sample of 12 of 60 prompts, drawn by seed 5 with the categories' shares kept.", SuiteSampler.Sample(Sixty, 12, true, 5).Header.Description);
        var described = Sixty with { Header = Sixty.Header with { Description = "Made up." } };
        Assert.Equal("Made up. A sample of 12 of 60 prompts, drawn by seed 5.", SuiteSampler.Sample(described, 12, false, 5).Header.Description);
        Assert.Equal("Made up.", SuiteSampler.Sample(described, 60, false, 5).Header.Description);
    }

    [Fact]
    public void Sample_OfVeryManyCategories_IsDrawnInMoments()
    {
        var many = Make.Suite(Enumerable.Range(0, 40_000).Select(index => Make.Prompt($"p{index:D5}", Dimension.Safety) with { Category = $"c{index / 2}" }));
        Assert.Equal(30_000, SuiteSampler.Sample(many, 30_000, byCategory: true, seed: 1).Prompts.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sample_Everything_IsTheSuite(bool byCategory) => Assert.Equal(Sixty.Hash, SuiteSampler.Sample(Sixty, 60, byCategory, seed: 9).Hash);

    [Fact]
    public void Sample_FewerThanCategories_GivesExactlyThatMany() =>
        Assert.Equal(2, SuiteSampler.Sample(Sixty, 2, byCategory: true, seed: 1).Prompts.Length);

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void Sample_SizeThatTheSuiteDoesNotHave_IsRefused(int count) =>
        Assert.Equal(
            $"a sample of {count} cannot be drawn from 60 prompts; ask for 1 to 60",
            Assert.Throws<RailInputException>(() => SuiteSampler.Sample(Sixty, count, true, 1)).Message);

    private static List<string> Ids(Suite suite) => [.. suite.Prompts.Select(prompt => prompt.Id)];
}
