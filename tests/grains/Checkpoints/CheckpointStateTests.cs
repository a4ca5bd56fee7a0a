using RailCluster.Contracts;

namespace RailCluster.Grains.Tests;

public sealed class CheckpointStateTests
{
    private static readonly RunKey One = new("lab", "one");
    private static readonly RunKey Other = new("lab", "other");
    private static readonly Failure Broken = new(FailureKind.Generation, "the engine stopped");

    private readonly CheckpointState _state = new() { Plan = Worlds.Plan(prompts: 96) };

    [Fact]
    public void OpenShards_NobodyAsks_NoneAreOpen() => Assert.Empty(_state.OpenShards());

    [Fact]
    public void OpenShards_APrefixIsDemanded_OnlyItsShardsAreOpen() =>
        Assert.Equal([0, 1], _state.With(new Demand(One, 1, 33)).OpenShards());

    [Fact]
    public void OpenShards_MergedAndFailedShards_AreSettled()
    {
        var state = _state.With(new Demand(One, 1, 96)) with { Merged = [0] };
        Assert.Equal([2], (state with { FailedShards = state.FailedShards.Add(1, Broken) }).OpenShards());
    }

    [Fact]
    public void With_TheSameDemandAgain_ChangesNothing()
    {
        var state = _state.With(new Demand(One, 1, 96));
        Assert.Same(state, state.With(new Demand(One, 1, 64)));
    }

    [Fact]
    public void With_AWiderDemandOfTheSameStep_WidensIt()
    {
        var state = _state.With(new Demand(One, 1, 32)).With(new Demand(One, 1, 96));
        Assert.Equal([0, 1, 2], state.OpenShards());
        Assert.Single(state.Demands);
    }

    [Fact]
    public void With_ANewDemand_ReopensExactlyWhatFailed()
    {
        var failed = _state.With(new Demand(One, 1, 96)) with { Merged = [0, 2] };
        failed = failed with { FailedShards = failed.FailedShards.Add(1, Broken) };
        Assert.Equal([1], failed.With(new Demand(Other, 4, 96)).OpenShards());
    }
}
