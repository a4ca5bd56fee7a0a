using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Gives every answer a 7 on whatever is asked for.</summary>
internal sealed class FixedScorer : IRailScorer
{
    public ScorerIdentity Identity { get; } = new("fixed", "1");

    public ScorerTraits Traits { get; } = new(InFlight: 1, IsRemote: false);

    public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default) => Task.FromResult(new ScoredResponse(
        request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(key => key, _ => Make.Score(7)), Refused: false));
}
