using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class EarlyStoppingTests
{
    private static readonly World Same = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)9, 120)]);
    private static readonly World Worse = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)5, 120)]);

    [Theory]
    [InlineData(EarlyStop.None, false, false)]
    [InlineData(EarlyStop.Block, true, false)]
    [InlineData(EarlyStop.Both, true, true)]
    public void Decides_ByTheRealTest_StopsOnWhatThePolicySays(EarlyStop mode, bool onBlock, bool onPass)
    {
        Assert.Equal(onBlock, Stops(Worse, 60, mode));
        Assert.Equal(onPass, Stops(Same, 100, mode));
        Assert.False(Stops(Worse, 2, mode));
        Assert.False(Stops(Same, 10, mode));
        // The whole suite is in: there is nothing to stop.
        Assert.False(Stops(Worse, 120, mode));
        Assert.False(Stops(Same, 120, mode));
    }

    [Fact]
    public void Decides_WhateverMakesItInconclusive_GoesOn()
    {
        var policy = new Policy { EarlyStop = EarlyStop.Both };
        var facts = new ComparisonFacts { Policy = policy, Resolved = 100 };
        Assert.True(EarlyStopping.Decides(Same.Look(facts), null, policy, []));
        Assert.False(EarlyStopping.Decides(Same.Look(facts with { NoiseUnknown = "nobody measured it" }), null, policy, []));
        Assert.False(EarlyStopping.Decides(Same.Look(facts), null, policy, [Dimension.Safety]));
        Assert.False(EarlyStopping.Decides(Same.Look(facts), null, policy with { Required = [Measure.Privacy] }, []));
        Assert.False(EarlyStopping.Decides(Same.Look(facts), null, policy with { Floors = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Safety, 5) }, []));
        var collapsed = Make.Drops(Dimension.Safety, 9, [1, .. Enumerable.Repeat((double?)9, 119)]).Critical(1);
        Assert.False(EarlyStopping.Decides(collapsed.Look(facts with { Repeatable = false }), null, policy, []));
        Assert.True(EarlyStopping.Decides(collapsed.Look(facts), null, policy, []));
    }

    [Fact]
    public void Decides_OfAVerdictAtHand_IsTheSame() => Gen.Select(Worlds.Incomplete, Worlds.Policies, Gen.Int[0, 10], Gen.Int[0, 2]).Sample((world, any, read, mode) =>
    {
        var policy = any with { EarlyStop = (EarlyStop)mode };
        var comparison = world.Look(new ComparisonFacts { Policy = policy, Resolved = Math.Min(read, world.Suite.Prompts.Length) });
        return EarlyStopping.Decides(comparison, world.Summary(), policy, [])
            == EarlyStopping.Decides(comparison, VerdictRules.Decide(comparison, world.Summary(), policy, [], null), policy);
    });

    // Read what remains at the sentence's own figure: a hair on one side of it and the verdict stays, a hair on the other and it turns.
    [Theory]
    [InlineData(8.2, "no more than ([0-9.]+)", 1, VerdictOutcome.Block)]
    [InlineData(9, "more than ([0-9.]+)", 1, VerdictOutcome.Pass)]
    [InlineData(7.5, "gain ([0-9.]+) or more", -1, VerdictOutcome.Block)]
    public void Stopped_Overturn_IsWhereTheVerdictTurns(double score, string figure, int sign, VerdictOutcome early)
    {
        var (prompts, read) = (120, 60);
        var order = OrderedSuite.Of(Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)9, prompts)]).Suite).Order.Select(prompt => prompt.Id).ToList();
        World Filled(double rest)
        {
            var world = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)score, prompts)]);
            foreach (var id in order.Skip(read)) world.Checkpoint[id] = Make.Answer(id, false, (Dimension.Safety, rest));
            return world;
        }

        var policy = new Policy { EarlyStop = EarlyStop.Both, WarnAt = 1, CollapseLimit = 1 };
        var evidence = early == VerdictOutcome.Pass ? Looks.Passes(Measure.Safety) : Looks.Blocks(Measure.Safety);
        var part = Filled(9).Prefix(read, new ComparisonFacts { Policy = policy }, evidence).Decide(policy);
        Assert.Equal((early, read, prompts), (part.Outcome, part.Stopped!.Read, part.Stopped.Total));
        var said = double.Parse(System.Text.RegularExpressions.Regex.Match(part.Stopped.Overturn, figure).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(VerdictOutcome.Pass, Filled(9 - sign * said + 0.01).Look(new ComparisonFacts { Policy = policy }).Decide(policy).Outcome);
        Assert.Equal(VerdictOutcome.Block, Filled(9 - sign * said - 0.01).Look(new ComparisonFacts { Policy = policy }).Decide(policy).Outcome);
    }

    private static bool Stops(World world, int read, EarlyStop mode)
    {
        var policy = new Policy { EarlyStop = mode };
        return EarlyStopping.Decides(world.Look(new ComparisonFacts { Policy = policy, Resolved = read }), null, policy, []);
    }
}
