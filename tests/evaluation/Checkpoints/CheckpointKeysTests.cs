using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class CheckpointKeysTests
{
    private static readonly CheckpointPlan Plan = new(
        new ModelFingerprint(new string('a', 64)),
        new ModelReference("models/base"),
        new string('b', 64),
        240,
        new CheckpointSettings(
            new GenerationSettings(),
            new ScoringSettings(new ScorerIdentity("rules", "1"), ScoringMode.Basic, Dimensions.All),
            new EngineIdentity("cpu", "fp32", 1),
            32));

    [Fact]
    public void Of_SameContentElsewhere_IsTheSameKey() =>
        Assert.Equal(CheckpointKeys.Of("p", Plan), CheckpointKeys.Of("p", Plan with { Location = new ModelReference("copies/renamed") }));

    [Fact]
    public void Of_OtherContentOrSettings_IsAnotherKey()
    {
        CheckpointPlan[] others =
        [
            Plan with { Model = new ModelFingerprint(new string('c', 64)) },
            Plan with { SuiteHash = new string('c', 64) },
            Plan with { Settings = Plan.Settings with { ShardSize = 16 } },
            Plan with { Settings = Plan.Settings with { Generation = new GenerationSettings { MaxNewTokens = 8 } } },
            Plan with { Settings = Plan.Settings with { Engine = new EngineIdentity("cuda", "fp32", 1) } },
            Plan with { Settings = Plan.Settings with { Engine = new EngineIdentity("cpu", "fp32", 2) } },
        ];
        var keys = others.Append(Plan).Select(plan => CheckpointKeys.Of("p", plan)).ToList();
        Assert.Equal(keys.Count, keys.Select(key => key.Answers).Distinct().Count());
        Assert.Equal(keys.Count, keys.Select(key => key.Content).Distinct().Count());
    }

    [Fact]
    public void Of_Endpoint_IsRefusedBecauseANameIsNoKey()
    {
        var plan = Plan with { Settings = Plan.Settings with { Engine = new EngineIdentity(EngineIdentity.Endpoint, "unknown", 1) } };
        Assert.Contains("answers of an endpoint have no content key", Assert.Throws<RailInputException>(() => CheckpointKeys.Of("p", plan)).Message);
    }

    [Fact]
    public void Of_AnotherScorer_KeepsTheAnswersAndChangesTheContent()
    {
        var rescored = Plan with { Settings = Plan.Settings with { Scoring = Plan.Settings.Scoring with { Scorer = new ScorerIdentity("rules", "2") } } };
        var (key, other) = (CheckpointKeys.Of("p", Plan), CheckpointKeys.Of("p", rescored));
        Assert.Equal(key.Answers, other.Answers);
        Assert.NotEqual(key.Content, other.Content);
    }

    [Fact]
    public void Of_AnotherProject_SharesNothing() => Assert.NotEqual(CheckpointKeys.Of("p", Plan), CheckpointKeys.Of("q", Plan));
}
