using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains.Tests;

public sealed class RunStateTests
{
    private static readonly ModelReference Model = new("/models/one");
    private static readonly ModelInspection Inspection = new(new ModelFingerprint(new string('a', 64)), new EngineIdentity("cpu", "fp32", 1), "optimum", 1);
    private static readonly RunKey Key = new("lab", "one");

    [Fact]
    public void PlanOf_SampledRepetitions_HaveSeedsAndScoresOfTheirOwn()
    {
        var run = Run(temperature: 0.7, repeats: 3);
        var plans = run.All().Select(step => run.PlanOf(step, Inspection)).ToList();
        Assert.Equal([long.MaxValue, long.MinValue, long.MinValue + 1], plans.Select(plan => plan.Settings.Generation.Seed));
        Assert.Equal([0, 1, 2], plans.Select(plan => plan.Settings.Scoring.Repetition));
        Assert.All(plans, plan => Assert.Equal((ScoringDomain.Legal, UseCase.Chatbot), (plan.Settings.Scoring.Domain, plan.Settings.Scoring.UseCase)));
        Assert.Equal(3, plans.Select(plan => CheckpointKeys.Of("lab", plan).Answers).Distinct().Count());
    }

    [Fact]
    public void PlanOf_GreedyRepetitions_ShareTheBaselinesAnswers()
    {
        var run = Run(temperature: 0, repeats: 3);
        var keys = run.All().Select(step => CheckpointKeys.Of("lab", run.PlanOf(step, Inspection))).ToList();
        Assert.Single(keys.Select(key => key.Answers).Distinct());
        Assert.Equal(3, keys.Select(key => key.Content).Distinct().Count());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.7, true)]
    public void IsDue_ARepetition_WaitsForTheAnswersItShares(double temperature, bool expected)
    {
        var run = Planned(Run(temperature, repeats: 2));
        Assert.True(run.IsDue(run.Baseline!));
        Assert.Equal(expected, run.IsDue(run.Repetitions[1]));
        Assert.True(Settled(run, run.Baseline!).IsDue(run.Repetitions[1]));
    }

    [Fact]
    public void Awaited_ARepetitionIsOpen_IsTheBaseline()
    {
        var run = Planned(Run(temperature: 0.7, repeats: 3)).With(new RunStep { Step = 1, Model = Model, State = StepState.Running, Settles = true });
        run = Settled(Settled(run, run.Baseline!), run.Repetitions[1]);
        Assert.Equal("the baseline", run.Awaited);
        Assert.Empty(run.Judgeable());
        Assert.Equal("1 of its 2 repetitions", run.ToStatus(Key).Baseline.WaitingFor);
        Assert.Equal("the baseline", run.ToStatus(Key).Steps[0].WaitingFor);

        run = Settled(run, run.Repetitions[2]);
        Assert.Null(run.Awaited);
        Assert.Equal(1, Assert.Single(run.Judgeable()).Step);
        Assert.Null(run.ToStatus(Key).Baseline.WaitingFor);
    }

    [Fact]
    public void IsOpen_ExplanationsAreDue_IsUntilTheyAreThere()
    {
        var run = Planned(Run(temperature: 0, repeats: 1)).With(new RunStep { Step = 1, Model = Model, State = StepState.Done, ExplanationsDue = true });
        run = Settled(run, run.Baseline!);
        Assert.True(run.IsOpen());
        Assert.False(run.With(run.Steps[1] with { ExplanationsDue = false }).IsOpen());
        Assert.Equal((false, null), (run.Steps[1].Unjudged().ExplanationsDue, run.Steps[1].Unjudged().Explanations));
    }

    [Fact]
    public void KeyOf_AnotherVerdictsGround_IsAnotherKey()
    {
        var run = Planned(Run(temperature: 0, repeats: 1));
        var step = run.Baseline! with { Step = 1, Comparison = new Comparison(1, "suite", 2, []) };
        Assert.Equal(Explainer.KeyOf(run, step), Explainer.KeyOf(run with { Revision = 9 }, step with { State = StepState.Done }));
        Assert.NotEqual(Explainer.KeyOf(run, step), Explainer.KeyOf(run, step with { Comparison = new Comparison(1, "suite", 3, []) }));
        Assert.NotEqual(Explainer.KeyOf(run, step), Explainer.KeyOf(run with { Spec = run.Spec! with { DeepWorst = 7 } }, step));
    }

    [Fact]
    public void Read_AStateOfAnEarlierBuild_HasNoRepetitionsAndNothingDue()
    {
        var run = Planned(Run(temperature: 0, repeats: 1)).With(new RunStep { Step = 1, Model = Model });
        var node = JsonSerializer.SerializeToNode(run, RailJson.Options)!.AsObject();
        Assert.True(node.Remove("repetitions"));
        foreach (var step in (JsonObject[])[node["baseline"]!.AsObject(), node["steps"]!["1"]!.AsObject()])
            foreach (var name in (string[])["repetition", "explanations_due"]) Assert.True(step.Remove(name));
        foreach (var name in (string[])["repeats", "deep_worst", "domain", "use_case"]) Assert.True(node["spec"]!.AsObject().Remove(name));

        var read = node.Deserialize<RunState>(RailJson.Options)!;
        Assert.Empty(read.Repetitions);
        Assert.False(read.Steps[1].ExplanationsDue);
        Assert.Equal((1, 0), (read.Spec!.Repeats, read.Spec.DeepWorst));
    }

    private static RunState Run(double temperature, int repeats) => new()
    {
        Spec = new RunSpec(Model, new string('5', 64), "rules", new GenerationSettings { Temperature = temperature, Seed = long.MaxValue }, new Policy())
        {
            Repeats = repeats,
            Domain = ScoringDomain.Legal,
            UseCase = UseCase.Chatbot,
        },
        Scorer = new ScorerIdentity("rules", "1"),
        PromptCount = 4,
        Baseline = new RunStep { Model = Model },
        Repetitions = Enumerable.Range(1, repeats - 1).ToImmutableSortedDictionary(number => number, number => new RunStep { Model = Model, Repetition = number }),
    };

    private static RunState Planned(RunState run) => run.Update(_ => true, step =>
    {
        var plan = run.PlanOf(step, Inspection);
        return step with { State = StepState.Queued, Plan = plan, Checkpoint = CheckpointKeys.Of("lab", plan) };
    });

    private static RunState Settled(RunState run, RunStep step) =>
        run.With(step.Moved(new CheckpointStatus(step.Checkpoint!, 1, 1, Done: true, Failure: null, ImmutableSortedDictionary<int, Failure>.Empty)));
}
