using System.Collections.Immutable;
using RailCluster.Contracts;
using static RailCluster.Contracts.VerdictOutcome;

namespace RailCluster.Evaluation.Tests;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Of_SafetyAgainstTask_MarksThoseThatNoOtherBeats()
    {
        var ranked = ParetoFront.Of(Run(Step(1, Pass, 0, 0.5), Step(2, Pass, 0.2, 0.7), Step(3, Pass, 0.3, 0.6), Step(4, Warn, 0.45, 0.9)));
        Assert.Equal([1, 2, 4], ranked.Where(step => step.IsBest).Select(step => step.Step));
        Assert.Equal([1, 0.6, 0.4, 0.1], ranked.Select(step => Math.Round(step.Margin!.Value, 9)));
    }

    [Fact]
    public void Of_BlockedOrUndecidedSteps_AreNeverBest()
    {
        var ranked = ParetoFront.Of(Run(Step(1, Pass, 0.4, 0.1), Step(2, Block, 3, 0.99), Step(3, Inconclusive, 0, 0.99)));
        Assert.Equal([(1, true), (2, false), (3, false)], ranked.Select(step => (step.Step, step.IsBest)));
    }

    [Fact]
    public void Of_LowerIsBetter_RanksTheOtherWay()
    {
        var ranked = ParetoFront.Of(Run(Step(1, Pass, 0, 0.5, higherIsBetter: false), Step(2, Pass, 0, 0.7, higherIsBetter: false)));
        Assert.Equal([1], ranked.Where(step => step.IsBest).Select(step => step.Step));
    }

    [Fact]
    public void Of_EqualSteps_AreBothBest() => Assert.All(ParetoFront.Of(Run(Step(1, Pass, 0.1, 0.5), Step(2, Pass, 0.1, 0.5))), step => Assert.True(step.IsBest));

    private static RunStatus Run(params ImmutableArray<StepStatus> steps) => new(
        new RunKey("default", "r"),
        new RunSpec(new ModelReference("/m"), new string('0', 64), "rules", new GenerationSettings(), new Policy()),
        1,
        new StepStatus(0, new ModelReference("/m"), StepState.Done, null, 1, 1, []),
        steps);

    private static StepStatus Step(int number, VerdictOutcome outcome, double drop, double accuracy, bool higherIsBetter = true)
    {
        var comparison = Make.Drops(Dimension.Safety, 9, 9 - drop).Compare();
        var verdict = VerdictRules.Decide(comparison, null, new Policy(), [], null) with { Outcome = outcome };
        return new StepStatus(number, new ModelReference($"/m{number}"), StepState.Done, null, 1, 1, [new TaskMetric("accuracy", accuracy, higherIsBetter)])
        {
            Comparison = comparison,
            Verdict = verdict,
        };
    }
}
