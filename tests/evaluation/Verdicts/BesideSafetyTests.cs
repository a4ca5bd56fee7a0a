using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>What stands beside safety in a verdict: task metrics, prompts in the training data, evaluations that are not equal.</summary>
public sealed class BesideSafetyTests
{
    private static readonly World Same = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)9, 20)]);
    private static readonly World Worse = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)8, 20)]);
    private static readonly World Close = Make.Drops(Dimension.Safety, 9, [.. Enumerable.Repeat((double?)8.59, 20)]);

    [Theory]
    [InlineData(0.84, 0.82, true, 0.02, null)]
    [InlineData(0.84, 0.80, true, 0.02, "task accuracy fell by 0.04; tolerated 0.02")]
    [InlineData(1.2, 1.5, false, 0.1, "task accuracy rose by 0.3; tolerated 0.1")]
    [InlineData(1.5, 1.2, false, 0, null)]
    [InlineData(100, 99, true, 0, "task accuracy fell by 1; tolerated 0")]
    public void Decide_TaskMetric_WarnsBeyondItsTolerance(double before, double after, bool higherIsBetter, double tolerance, string? expected)
    {
        var verdict = Same.Look(new ComparisonFacts { Tasks = Tasks(before, after, higherIsBetter) }).Decide(Tolerating(tolerance));
        Assert.Equal(expected is null ? VerdictOutcome.Pass : VerdictOutcome.Warn, verdict.Outcome);
        if (expected is null) return;
        Assert.EndsWith($", but {expected}", verdict.Headline, StringComparison.Ordinal);
        Assert.Equal(expected, verdict.Reasons[0]);
    }

    [Fact]
    public void Decide_TaskToleranceThatCannotBeLookedAt_Warns()
    {
        Assert.EndsWith("but task accuracy has a tolerance and was not given", Same.Look(new ComparisonFacts()).Decide(Tolerating(0.1)).Headline, StringComparison.Ordinal);
        var facts = new ComparisonFacts { Tasks = [new TaskChange(null, new TaskMetric("accuracy", 0.9, true))] };
        Assert.EndsWith("but task accuracy has a tolerance and no figure of the baseline", Same.Look(facts).Decide(Tolerating(0.1)).Headline, StringComparison.Ordinal);
        var turned = new ComparisonFacts { Tasks = [new TaskChange(new TaskMetric("accuracy", 0.9, false), new TaskMetric("accuracy", 0.9, true))] };
        Assert.Equal(VerdictOutcome.Warn, Same.Look(turned).Decide(Tolerating(0.1)).Outcome);
        Assert.Equal(VerdictOutcome.Pass, Same.Look(facts).Decide().Outcome);
    }

    [Fact]
    public void Decide_ASafetyBlock_IsNoWarningWhateverTheTaskLost()
    {
        var verdict = Worse.Look(new ComparisonFacts { Tasks = Tasks(0.9, 0.5) }).Decide(Tolerating(0.1));
        Assert.Equal(VerdictOutcome.Block, verdict.Outcome);
        Assert.Contains("task accuracy fell by 0.4; tolerated 0.1", verdict.Reasons);
    }

    [Fact]
    public void Decide_TaskGainedWhereSafetyBlocksOrComesClose_NamesTheTrade()
    {
        Assert.Equal("accuracy +3.0 %, bought with safety −1.00", Worse.Look(new ComparisonFacts { Tasks = Tasks(0.90, 0.93) }).Decide().Reasons[^1]);
        var close = Close.Look(new ComparisonFacts { Tasks = Tasks(0.90, 0.93) });
        Assert.Equal(VerdictOutcome.Warn, close.Decide().Outcome);
        Assert.Equal("accuracy +3.0 %, bought with safety −0.41", close.Decide().Reasons[^1]);
        Assert.Equal("accuracy +3.0 %, bought with safety −0.41", TaskTrade.Describe(close.Tasks[0].Baseline!, close.Tasks[0].Checkpoint, close, close.Decide()));
        Assert.DoesNotContain(close.Decide(new Policy { WarnAt = 1 }).Reasons, reason => reason.Contains("bought", StringComparison.Ordinal));
        Assert.DoesNotContain(Same.Look(new ComparisonFacts { Tasks = Tasks(0.90, 0.93) }).Decide().Reasons, reason => reason.Contains("bought", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 3, "2 of 240 prompts stand in the training data, 3 more share thirteen words with it")]
    [InlineData(1, 1, "1 of 240 prompts stands in the training data, 1 more shares thirteen words with it")]
    [InlineData(2, 0, "2 of 240 prompts stand in the training data")]
    [InlineData(0, 1, "1 of 240 prompts shares thirteen words with the training data")]
    public void Decide_SuitePromptsInTheTrainingData_Warns(int exact, int near, string expected)
    {
        var verdict = Same.Look(new ComparisonFacts { Overlap = Overlap(Same.Suite.Hash, exact, near) }).Decide();
        Assert.Equal((VerdictOutcome.Warn, expected), (verdict.Outcome, verdict.Overlap));
        Assert.EndsWith($", but {expected}", verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_NoOverlapKnown_SaysWhatIsKnown()
    {
        Assert.Equal("not checked", Same.Look(new ComparisonFacts()).Decide().Overlap);
        var none = Same.Look(new ComparisonFacts { Overlap = Overlap(Same.Suite.Hash, 0, 0) }).Decide();
        Assert.Equal((VerdictOutcome.Pass, "none of 240 prompts stands in the training data or shares thirteen words with it"), (none.Outcome, none.Overlap));
        var other = Same.Look(new ComparisonFacts { Overlap = Overlap(new string('a', 64), 5, 5) }).Decide();
        Assert.Equal((VerdictOutcome.Pass, "another suite was checked: aaaaaaaaaaaa"), (other.Outcome, other.Overlap));
    }

    [Fact]
    public void Decide_UnequalEvaluations_AreMarkedInHeadlineAndReasonsWhateverTheVerdict()
    {
        var facts = new ComparisonFacts { Mismatches = ["suite: aaa and bbb, 20 prompts in both"] };
        foreach (var world in (World[])[Same, Worse])
        {
            var verdict = world.Look(facts).Decide();
            Assert.EndsWith(" (of unequal evaluations: 1 difference)", verdict.Headline, StringComparison.Ordinal);
            Assert.Equal("not equal: suite: aaa and bbb, 20 prompts in both", verdict.Reasons[^1]);
        }

        var anchored = Same.Look(new ComparisonFacts()) with { Anchor = Same.Look(facts with { Mismatches = ["a", "b"] }) };
        Assert.EndsWith(" (of unequal evaluations: 2 differences)", anchored.Decide().Headline, StringComparison.Ordinal);
        Assert.Equal("not equal: against the anchor: b", anchored.Decide().Reasons[^1]);
    }

    private static ImmutableArray<TaskChange> Tasks(double before, double after, bool higherIsBetter = true) =>
        [new TaskChange(new TaskMetric("accuracy", before, higherIsBetter), new TaskMetric("accuracy", after, higherIsBetter))];

    private static Policy Tolerating(double accuracy) => new() { TaskTolerances = ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", accuracy) };

    private static SuiteOverlap Overlap(string suite, int exact, int near) => new(suite, new string('f', 64), 240, exact, near);
}
