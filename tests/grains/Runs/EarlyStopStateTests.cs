using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains.Tests;

public sealed class EarlyStopStateTests
{
    private static readonly ModelReference Model = new("/models/one");
    private static readonly CheckpointPlan Plan = Worlds.Plan(prompts: 960);

    [Theory]
    [InlineData(0, 40 + 128)]
    [InlineData(32, 40 + 128)]
    [InlineData(64, 64 + 128)]
    [InlineData(900, 960)]
    public void Wanted_APolicyThatStopsEarly_IsFourShardsBeyondTheCriticalPromptsAndWhatIsKnown(int read, int expected) =>
        Assert.Equal(expected, Run(EarlyStop.Block).Wanted(Step(1) with { Read = read }));

    [Fact]
    public void Wanted_ReferencesAndOtherPolicies_AreTheWholeSuite()
    {
        var run = Run(EarlyStop.Both);
        Assert.All((RunStep[])[run.Baseline!, run.Anchor!], step => Assert.Equal(960, run.Wanted(step)));
        Assert.Equal(960, Run(EarlyStop.None).Wanted(Step(1)));
    }

    [Fact]
    public void Lookable_AnythingItIsComparedWithIsOpen_IsNothing()
    {
        var run = Run(EarlyStop.Block).With(Step(1));
        Assert.Empty(run.Lookable());
        run = run.With(run.Baseline! with { Settles = true });
        Assert.Equal("the anchor", run.Awaited);
        Assert.Empty(run.Lookable());
        run = run.With(run.Anchor! with { Settles = true });
        Assert.Equal(1, Assert.Single(run.Lookable()).Step);
        Assert.Empty(run.With(Step(1) with { Settled = 0 }).Lookable());
    }

    [Fact]
    public void Moved_APartIsDone_SettlesOnlyWhereTheWholePlanIsOrItFailed()
    {
        var part = new CheckpointStatus(Worlds.Key(Plan), 30, 6, Done: true, Failure: null, ImmutableSortedDictionary<int, Failure>.Empty);
        Assert.Equal((false, StepState.Running), (Step(1).Moved(part).Settles, Step(1).Moved(part).State));
        Assert.True(Step(1).Moved(part with { Settled = 30 }).Settles);
        Assert.True(Step(1).Moved(part with { Failure = new Failure(FailureKind.Canary, "it babbles") }).Settles);
    }

    [Fact]
    public void Counted_TheSameContentAgain_HasTheSameNumberAndSpendsNothing()
    {
        var (first, one) = Run(EarlyStop.None).Counted(Step(3));
        var (second, two) = first.Counted(Step(2, model: 'b'));
        var (third, again) = second.Counted(Step(9));
        Assert.Equal((1, 2, 1), (one.Index, two.Index, again.Index));
        Assert.Equal(2, third.Contents.Length);
    }

    [Fact]
    public void Unjudged_AStepThatWasStoppedEarly_IsReadAnewAndKeepsTheDemandThatComes()
    {
        var step = (Step(1) with { Read = 320, IsDemanded = true, State = StepState.Done }).Unjudged();
        Assert.Equal((0, false), (step.Read, step.IsDemanded));
        Assert.True(step.AwaitsCheckpoint);
    }

    private static RunState Run(EarlyStop mode) => new()
    {
        Spec = new RunSpec(Model, Plan.SuiteHash, "rules", new GenerationSettings(), new Policy { EarlyStop = mode }) { Anchor = Model },
        PromptCount = 960,
        CriticalCount = 40,
        Baseline = new RunStep { Model = Model },
        Anchor = new RunStep { Model = Model, IsAnchor = true },
    };

    private static RunStep Step(int number, char model = 'a') => new()
    {
        Step = number,
        Model = Model,
        State = StepState.Running,
        Plan = Worlds.Plan(model, prompts: 960),
        Checkpoint = Worlds.Key(Worlds.Plan(model, prompts: 960)),
        Settled = 6,
    };
}
