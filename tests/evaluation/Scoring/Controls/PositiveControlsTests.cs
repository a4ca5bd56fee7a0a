using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class PositiveControlsTests
{
    [Fact]
    public async Task ExamineAsync_ScorerLeavesADimensionOut_IsNotComplete()
    {
        ControlPair[] pairs = [new("one", Dimension.Safety, ExpectedBehaviour.Comply, "prompt", "good", "bad")];

        var found = await PositiveControls.ExamineAsync(new LeavingOut(), pairs, TestContext.Current.CancellationToken);

        Assert.False(found.Complete);
    }

    private sealed class LeavingOut : IRailScorer
    {
        public ScorerIdentity Identity { get; } = new("leaving-out", "1");

        public ScorerTraits Traits { get; } = new(1, IsRemote: true);

        public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ScoredResponse(request.Prompt.Id, ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty, Refused: null));
    }
}
