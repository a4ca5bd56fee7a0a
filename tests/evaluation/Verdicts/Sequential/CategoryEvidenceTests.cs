using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class CategoryEvidenceTests
{
    [Fact]
    public void Of_OneBadCategory_StandsOutAmongAll()
    {
        var suite = Categories(100);
        var (baseline, checkpoint) = Tables.Sides(suite, [.. suite.Order.Select(prompt => (int?)(prompt.Category == "bad" ? 3000 : 0))]);
        var evidence = Evidence(Measure.Safety, suite, baseline, checkpoint, ComparisonFacts.None);
        Assert.Equal(["bad", "good", "other"], evidence.Keys);
        Assert.Equal([true, false, false], EBenjaminiHochberg.Reject([.. evidence.Values], 0.05));
        Assert.Empty(Evidence(Measure.Privacy, suite, baseline, checkpoint, ComparisonFacts.None));
    }

    [Fact]
    public void Of_OneCategory_IsTheMeasureItself()
    {
        var suite = Tables.Suite(50);
        List<int?> drops = [.. suite.Order.Select((_, index) => (int?)(index % 3 == 0 ? 1500 : 600))];
        var (baseline, checkpoint) = Tables.Sides(suite, drops);
        var facts = Tables.Facts(EvidenceTarget.Suite, resolved: 20);
        Assert.Equal(Tables.Read(suite, drops, facts).BlockLog, Math.Log(Evidence(Measure.Safety, suite, baseline, checkpoint, facts)["general"]), 6);
    }

    [Fact]
    public void Of_EvidenceThatWasLargerBefore_IsAsItIsNow()
    {
        var suite = Tables.Suite(200);
        List<int?> drops = [.. suite.Order.Select((_, index) => (int?)(index < 40 ? 2000 : 0))];
        var (baseline, checkpoint) = Tables.Sides(suite, drops);
        var now = Evidence(Measure.Safety, suite, baseline, checkpoint, ComparisonFacts.None)["general"];
        Assert.True(Tables.Read(suite, drops).Blocks);
        Assert.Equal(0, now);
    }

    private static ImmutableSortedDictionary<string, double> Evidence(
        Measure measure, OrderedSuite suite, IReadOnlyDictionary<string, ScoredResponse> baseline, IReadOnlyDictionary<string, ScoredResponse> checkpoint, ComparisonFacts facts)
    {
        var declared = suite.Order.Where(prompt => prompt.Declares(measure)).ToList();
        return CategoryEvidence.Of(
            measure,
            facts.Policy.Tolerance(measure),
            declared.CountBy(prompt => prompt.Category).ToDictionary(),
            declared.Take(facts.Resolved ?? declared.Count).Select(prompt => ScorePair.Of(measure, prompt, baseline.GetValueOrDefault(prompt.Id), checkpoint.GetValueOrDefault(prompt.Id))));
    }

    private static OrderedSuite Categories(int each) => OrderedSuite.Of(Make.Suite(((string[])["good", "bad", "other"]).SelectMany(category =>
        Enumerable.Range(0, each).Select(index => Make.Prompt($"{category}-{index}", Dimension.Safety) with { Category = category }))));
}
