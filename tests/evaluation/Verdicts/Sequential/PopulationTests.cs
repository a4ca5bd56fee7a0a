using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class PopulationTests
{
    [Fact]
    public void Read_Groups_CountAsOneUnitByTheirMean()
    {
        // Ten groups of three and ten prompts alone: the same evidence as of twenty prompts with the groups' means.
        var prompts = Enumerable.Range(0, 10).SelectMany(group => Enumerable.Range(0, 3).Select(member => Grouped($"g{group}-{member}", $"g{group}")))
            .Concat(Enumerable.Range(0, 10).Select(index => Make.Prompt($"s{index}", Dimension.Safety)));
        var grouped = Read(prompts, id => id[0] == 'g' ? (id[3] - '0') * 3000 : 3000);
        var alone = Read(Enumerable.Range(0, 20).Select(index => Make.Prompt($"s{index:D2}", Dimension.Safety)), _ => 3000);
        Assert.Equal((20, 20), (grouped.Read, grouped.Total));
        Assert.Equal(alone with { BlockedAt = grouped.BlockedAt, PassedAt = grouped.PassedAt }, grouped);
    }

    [Fact]
    public void Read_GroupWithAMemberBeyondThePrefix_HoldsUpAllAfterIt()
    {
        SuitePrompt[] order = [Grouped("b", "g"), Make.Prompt("c", Dimension.Safety), Make.Prompt("d", Dimension.Safety), Grouped("e", "g")];
        Assert.Equal([0, 0, 0, 3], Enumerable.Range(1, 4).Select(resolved => Read(order, resolved).Read));
    }

    [Fact]
    public void Read_Group_ComesWhereItsFirstIdStands()
    {
        // "a" is the group's first id, so the group comes second, whatever its other members do.
        SuitePrompt[] order = [Grouped("z", "g"), Make.Prompt("c", Dimension.Safety), Grouped("a", "g"), Make.Prompt("d", Dimension.Safety)];
        Assert.Equal([0, 1, 2, 3], Enumerable.Range(1, 4).Select(resolved => Read(order, resolved).Read));
    }

    [Fact]
    public void Read_CriticalMember_BelongsToNoUnit()
    {
        SuitePrompt[] order = [Grouped("a", "g") with { Tags = [SuitePrompt.CriticalTag] }, Grouped("b", "g"), Make.Prompt("c", Dimension.Safety)];
        var read = Read(order, 3);
        Assert.Equal((2, 2), (read.Read, read.Total));
    }

    [Fact]
    public void Read_SuiteTarget_TakesEveryPromptByItself()
    {
        SuitePrompt[] order = [Grouped("z", "g"), Grouped("a", "g"), Make.Prompt("d", Dimension.Safety)];
        Assert.Equal((2, 3), (Read(order, 2, EvidenceTarget.Suite).Read, Read(order, 2, EvidenceTarget.Suite).Total));
    }

    private static SuitePrompt Grouped(string id, string group) => Make.Prompt(id, Dimension.Safety) with { Group = group };

    private static MeasureEvidence Read(SuitePrompt[] order, int resolved, EvidenceTarget target = EvidenceTarget.Population) =>
        Tables.Read(new OrderedSuite(Make.Suite(order), [.. order]), new int?[order.Length].Select(_ => (int?)0).ToList(), Tables.Facts(target, resolved: resolved));

    private static MeasureEvidence Read(IEnumerable<SuitePrompt> prompts, Func<string, int> drop)
    {
        var suite = OrderedSuite.Of(Make.Suite(prompts));
        return Tables.Read(suite, [.. suite.Order.Select(prompt => (int?)drop(prompt.Id))], Tables.Facts(EvidenceTarget.Population));
    }
}
