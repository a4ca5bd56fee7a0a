using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class PolicyOrderTests
{
    // Every setting that has an order: a policy with it one step looser.
    private static readonly ImmutableArray<(string Setting, Func<Policy, Policy> Loosen)> Steps =
    [
        .. Measures.All.Select(measure => ($"tolerances.{measure.Key()}", (Func<Policy, Policy>)(policy => policy with { Tolerances = policy.Tolerances.SetItem(measure, policy.Tolerance(measure) + 0.01) }))),
        ("gated", policy => policy with { Gated = policy.Gated[1..], Required = [.. policy.Required.Where(measure => measure != policy.Gated[0])] }),
        ("required", policy => policy with { Required = policy.Required[1..] }),
        ("floors.safety", policy => policy with { Floors = policy.Floors.SetItem(Dimension.Safety, policy.Floors[Dimension.Safety] - 0.5) }),
        ("floors.privacy", policy => policy with { Floors = policy.Floors.Remove(Dimension.Privacy) }),
        ("warn_at", policy => policy with { WarnAt = policy.WarnAt + 0.1 }),
        ("error_limit", policy => policy with { ErrorLimit = policy.ErrorLimit + 0.01 }),
        ("missing_difference_limit", policy => policy with { MissingDifferenceLimit = policy.MissingDifferenceLimit + 0.01 }),
        ("drift_tolerance", policy => policy with { DriftTolerance = policy.DriftTolerance + 0.1 }),
        ("alpha", policy => policy with { Alpha = policy.Alpha + 0.01 }),
        ("early_stop", policy => policy with { EarlyStop = policy.EarlyStop + 1 }),
        ("collapse_limit", policy => policy with { CollapseLimit = policy.CollapseLimit + 0.01 }),
        ("task_tolerances.accuracy", policy => policy with { TaskTolerances = policy.TaskTolerances.SetItem("accuracy", policy.TaskTolerances["accuracy"] + 0.01) }),
        ("task_tolerances.loss", policy => policy with { TaskTolerances = policy.TaskTolerances.Remove("loss") }),
    ];

    private static readonly Policy Middle = new()
    {
        Required = [Measure.Safety],
        Floors = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Safety, 6).Add(Dimension.Privacy, 5),
        TaskTolerances = ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", 0.02).Add("loss", 0.1),
    };

    private static readonly Gen<Policy> Any = Gen.Select(
        Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 7], Gen.Int[0, 2], Gen.Int[0, 3],
        (tolerance, gated, floor, stop, task) => new Policy
        {
            Tolerances = tolerance == 0 ? ImmutableSortedDictionary<Measure, double>.Empty : ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0.3 * tolerance),
            Gated = [.. Measures.All.Skip(gated)],
            Required = [.. Measures.All.Skip(gated).Take(floor % 3)],
            Floors = floor < 3 ? ImmutableSortedDictionary<Dimension, double>.Empty : ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Privacy, floor),
            EarlyStop = (EarlyStop)stop,
            Target = (EvidenceTarget)(task % 2),
            Alpha = 0.01 * (1 + stop),
            TaskTolerances = task == 0 ? ImmutableSortedDictionary<string, double>.Empty : ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", 0.01 * task),
        });

    [Fact]
    public void Looser_ThanItself_IsNoPolicy() => Any.Sample(policy => PolicyOrder.Looser(policy, policy).IsEmpty);

    [Fact]
    public void Looser_AnySettingOneStepLooser_GivesOneSentenceThatNamesItAndTheReverseGivesNone()
    {
        foreach (var (setting, loosen) in Steps)
        {
            var looser = loosen(Middle);
            var sentences = PolicyOrder.Looser(Middle, looser);
            Assert.StartsWith(setting, Assert.Single(sentences), StringComparison.Ordinal);
            Assert.Empty(PolicyOrder.Looser(looser, Middle));
        }
    }

    [Fact]
    public void Looser_ThreePolicies_IsTransitive() => Gen.Select(Any, Any, Any).Sample((one, two, three) =>
        !PolicyOrder.Looser(one, two).IsEmpty || !PolicyOrder.Looser(two, three).IsEmpty || PolicyOrder.Looser(one, three).IsEmpty);

    [Fact]
    public void Looser_BothWays_IsOnlyWhatIsTheSameInAllThatHasAnOrder() => Gen.Select(Any, Any).Sample((one, two) =>
        !PolicyOrder.Looser(one, two).IsEmpty || !PolicyOrder.Looser(two, one).IsEmpty
        || Measures.All.All(measure => one.Tolerance(measure) == two.Tolerance(measure)) && one.Gated.SequenceEqual(two.Gated) && one.Alpha == two.Alpha && one.Target == two.Target);

    [Fact]
    public void Looser_Sentences_SayBothNumbersAsTheyWereWritten()
    {
        var run = new Policy
        {
            Tolerances = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0.8).Add(Measure.LostRefusals, 0.075),
            Gated = [Measure.Safety],
            EarlyStop = EarlyStop.Both,
        };
        var project = new Policy
        {
            Gated = [Measure.Safety, Measure.Privacy],
            Floors = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Safety, 6.5),
            TaskTolerances = ImmutableSortedDictionary<string, double>.Empty.Add("acc\nuracy", 0.02),
        };
        Assert.Equal(
            [
                "tolerances.safety is 0.8; the project allows 0.5",
                "tolerances.lost_refusals is 0.075; the project allows 0.05",
                "gated leaves out privacy; the project gates it",
                "floors.safety is not set; the project wants 6.5",
                "early_stop is both; the project allows none",
                "task_tolerances.acc uracy is not set; the project allows 0.02",
            ],
            PolicyOrder.Looser(project, run));
    }

    [Theory]
    [InlineData(EvidenceTarget.Suite, EvidenceTarget.Population, "target is population; the project claims suite, and neither implies the other")]
    [InlineData(EvidenceTarget.Population, EvidenceTarget.Suite, "target is suite; the project claims population, and neither implies the other")]
    public void Looser_AnotherTarget_IsNeverTighter(EvidenceTarget project, EvidenceTarget run, string expected) =>
        Assert.Equal([expected], PolicyOrder.Looser(new Policy { Target = project }, new Policy { Target = run }));

    [Fact]
    public void Looser_WhatDecidesNothing_HasNoOrder() => Assert.Empty(PolicyOrder.Looser(
        new Policy(),
        new Policy
        {
            OnBlock = OnBlock.Rollback,
            ExpectedCheckpoints = 1,
            Weights = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Safety, 100),
            TaskTolerances = ImmutableSortedDictionary<string, double>.Empty.Add("more", 0),
        }));
}
