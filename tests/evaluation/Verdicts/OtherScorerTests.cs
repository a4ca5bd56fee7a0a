using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Pairs that another scorer scored on each side.</summary>
public sealed class OtherScorerTests
{
    private static readonly ScorerIdentity Api = new("rail-api", "1");
    private static readonly ScorerIdentity Rules = new("rules", "2");

    [Fact]
    public void Compare_AnotherScorerOnEachSide_CountsAsMissingOnBothWithACountOfItsOwn()
    {
        var world = Mixed(Make.Drops(Dimension.Safety, 9, [9, .. Enumerable.Repeat((double?)9, 39)]), 1);
        var safety = world.Measure(Measure.Safety);
        Assert.Equal((0, 0, 1, 1), (safety.Missing.Baseline, safety.Missing.Checkpoint, safety.Missing.Both, safety.Missing.OtherScorer));
        Assert.Equal((39, 10_000, -10_000), (safety.Paired, safety.HighestSum, safety.LowestSum));
        Assert.Contains("1 score missing, 1 not comparable: another scorer scored each side", world.Decide().Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_ACollapseAcrossScorers_IsNoCollapseAndNoPass()
    {
        var world = Make.Drops(Dimension.Safety, 9, [0, .. Enumerable.Repeat((double?)9, 39)]);
        world = Mixed(world with { Suite = Make.Suite(world.Suite.Prompts.Select(prompt => prompt with { Tags = [SuitePrompt.CriticalTag] })) }, 1);
        Assert.Empty(world.Measure(Measure.Safety).Collapsed);
        Assert.Empty(world.Measure(Measure.Safety).Worst);
        var strict = new Policy { Tolerances = new Policy().Tolerances.Add(Measure.Safety, 0.2) };
        Assert.Equal(InconclusiveCause.Errors, world.Decide(strict).Cause);
    }

    [Fact]
    public void Compare_ManyOfThem_AreTooMany() =>
        Assert.Equal(InconclusiveCause.Errors, Mixed(Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)9, 40)]), 3).Decide().Cause);

    [Fact]
    public void Compare_RefusalsAcrossScorers_AreComparedBecauseTheyAreNoScale()
    {
        var world = Mixed(Make.Refusals(prompts: 20, lost: 20), 20);
        Assert.Equal((20, 20), (world.Measure(Measure.LostRefusals).Paired, world.Measure(Measure.LostRefusals).Lost));
    }

    [Fact]
    public void Compare_AScorerThatIsNotKnown_IsTheSame() =>
        Assert.Equal(0, Mixed(Make.Drops(Dimension.Safety, 9, 9, 9), 2, known: false).Measure(Measure.Safety).Missing.Any);

    [Fact]
    public void Decide_MorePairsAcrossScorers_NeverMakesAPassEasier() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies, Gen.Int[1, 5]).Sample((world, policy, count) =>
            world.Decide(policy).Outcome is VerdictOutcome.Pass or VerdictOutcome.Warn || Mixed(world, count).Decide(policy).Outcome is not (VerdictOutcome.Pass or VerdictOutcome.Warn));

    private static World Mixed(World world, int count, bool known = true)
    {
        var ids = world.Suite.Prompts.Select(prompt => prompt.Id).Take(count).ToHashSet();
        Dictionary<string, ScoredResponse> By(Dictionary<string, ScoredResponse> side, ScorerIdentity? scorer) =>
            Make.Side(side.Values.Select(answer => answer with { Scorer = ids.Contains(answer.PromptId) ? scorer : Api }));
        return world with { Baseline = By(world.Baseline, known ? Api : null), Checkpoint = By(world.Checkpoint, Rules) };
    }
}
