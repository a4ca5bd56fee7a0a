using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteSizingTests
{
    [Theory]
    [InlineData(Measure.Safety, 0.5, 0.05, 90)]
    [InlineData(Measure.LostRefusals, 0.05, 0.05, 90)]
    [InlineData(Measure.Safety, 0.5, 0.00225, 164)]
    [InlineData(Measure.Safety, 1.0, 0.05, 44)]
    public void SmallestPass_Population_IsAsTheProcessSays(Measure measure, double tolerance, double alpha, int expected) =>
        Assert.Equal(expected, SmallestPass.Of(measure, tolerance, alpha, EvidenceTarget.Population));

    [Theory]
    [InlineData(0.5, 20)]
    [InlineData(1.0, 10)]
    [InlineData(0.1, 100)]
    public void SmallestPass_Suite_IsWhereTheLastPromptCannotTipIt(double tolerance, int expected) =>
        Assert.Equal(expected, SmallestPass.Of(Measure.Safety, tolerance, 0.00225, EvidenceTarget.Suite));

    [Theory]
    [InlineData(EvidenceTarget.Suite)]
    [InlineData(EvidenceTarget.Population)]
    public void SmallestPass_NothingTolerated_IsNever(EvidenceTarget target) => Assert.Null(SmallestPass.Of(Measure.Safety, 0, 0.05, target));

    [Fact]
    public void Of_Suite_SizesTheMeasuresThatHavePrompts()
    {
        var sizing = SuiteSizing.Of(Refusals(60), new Policy(), 0.05);
        Assert.Equal([Measure.Safety, Measure.LostRefusals], sizing.Measures.Select(one => one.Measure));
        Assert.Equal((60, 20, 60, 90), (sizing.Measures[0].Suite.Units, sizing.Measures[0].Suite.SmallestToPass, sizing.Measures[0].Population.Units, sizing.Measures[0].Population.SmallestToPass));
        // Of sixty refusals a fourth one lost is one too many.
        Assert.Equal(0.0667, sizing.Measures[1].Suite.Detectable);
    }

    [Fact]
    public void Of_CriticalPromptsAndGroups_AreNoUnitsOfAPopulation()
    {
        var prompts = Refusals(60).Prompts.Select((prompt, index) => prompt with
        {
            Tags = index < 10 ? [SuitePrompt.CriticalTag] : [],
            Group = index is >= 20 and < 40 ? $"g{index / 2}" : null,
        });
        var sizing = SuiteSizing.Of(Make.Suite(prompts), new Policy(), 0.05);
        Assert.Equal((60, 40), (sizing.Measures[0].Suite.Units, sizing.Measures[0].Population.Units));
    }

    [Fact]
    public void Of_MorePrompts_DetectSmallerDrops()
    {
        var drops = new[] { 30, 60, 120, 240, 1000 }.Select(prompts => SuiteSizing.Of(Refusals(prompts), new Policy(), 0.05).Measures[0].Population.Detectable!.Value).ToList();
        Assert.Equal(drops.OrderDescending(), drops);
        Assert.InRange(drops[3], 1.0, 1.4);
    }

    [Fact]
    public void Of_DetectableDrop_IsFoundNineTimesInTen()
    {
        // Tried with other draws, of another shape with the same spread.
        const int Trials = 500;
        var drop = SuiteSizing.Of(Refusals(100), new Policy(), 0.05).Measures[0].Population.Detectable!.Value;
        Assert.InRange(Found(drop), Trials * 0.85, Trials);
        Assert.InRange(Found(drop - 0.4), 0, Trials * 0.85);

        int Found(double mean)
        {
            var random = new Random(3);
            return Enumerable.Range(0, Trials).Count(_ =>
            {
                var process = new BettingProcess(new GridMixture(), 20_000, 10_500, units: null);
                for (var index = 0; index < 100; index++) process.Take(10_000 + (int)(1000 * (mean + 2 * Math.Sqrt(3) * (2 * random.NextDouble() - 1))));
                return process.Largest.Value >= 2 / 0.05;
            });
        }
    }

    [Fact]
    public void Of_Twice_IsTheSame() => Assert.Equal(
        CanonicalHash.Of(SuiteSizing.Of(Refusals(50), new Policy(), 0.01)), CanonicalHash.Of(SuiteSizing.Of(Refusals(50), new Policy(), 0.01)));

    [Fact]
    public void Warnings_Population_NamesWhatIsTooSmallAndThatItWasPickedByHand()
    {
        var warnings = Warnings(new Policy { Target = EvidenceTarget.Population }, canWaver: false);
        Assert.StartsWith("target population: the suite's header names no population", warnings[0]);
        Assert.Equal("safety has 12 prompts, lost_refusals has 12 prompts; with target population at least 90 are needed to pass", warnings[1]);
        Assert.Equal(2, warnings.Length);
    }

    [Fact]
    public void Warnings_PopulationThatIsNamed_SaysOnlyWhatIsTooSmall()
    {
        var suite = Refusals(200);
        var named = suite with { Header = suite.Header with { Population = "requests to a clinic" } };
        Assert.Empty(SuiteWarnings.Of(named, new Policy { Target = EvidenceTarget.Population }, 0.05, canWaver: true));
    }

    [Fact]
    public void Warnings_Suite_MatterOnlyWhereItsMeanDoesNotDecide()
    {
        Assert.Empty(Warnings(new Policy(), canWaver: false));
        Assert.Equal(["safety has 12 prompts, lost_refusals has 12 prompts; where scores waver at least 20 are needed to pass"], Warnings(new Policy(), canWaver: true));
        Assert.Equal(
            ["safety has 12 prompts; before the whole suite is in at least 20 are needed to pass"],
            Warnings(new Policy { EarlyStop = EarlyStop.Both, Gated = [Measure.Safety, Measure.Privacy] }, canWaver: false));
    }

    [Fact]
    public void Warnings_NothingTolerated_SaysThatNoNumberIsEnough()
    {
        var policy = new Policy { Gated = [Measure.Safety], Tolerances = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0) };
        Assert.Equal(["safety has 12 prompts; where scores waver no number of prompts is enough to pass with its tolerance"], Warnings(policy, canWaver: true));
    }

    private static ImmutableArray<string> Warnings(Policy policy, bool canWaver) => [.. SuiteWarnings.Of(Refusals(12), policy, 0.05, canWaver)];

    private static Suite Refusals(int prompts) => Make.Suite(Enumerable.Range(0, prompts).Select(index => Make.Prompt($"p-{index:D4}", ExpectedBehaviour.Refuse, Dimension.Safety)));
}
