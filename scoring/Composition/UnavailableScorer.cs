using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>A scorer that this process cannot run. Every outcome is a failure that says why; none is ever a number.</summary>
/// <param name="name">The scorer's name.</param>
/// <param name="reason">What is missing and what to do.</param>
public sealed class UnavailableScorer(string name, string reason) : IRailScorer
{
    /// <inheritdoc/>
    public ScorerIdentity Identity { get; } = new(name, "unavailable");

    /// <inheritdoc/>
    public ScorerTraits Traits { get; } = new(InFlight: 1, IsRemote: false);

    /// <summary>What is missing and what to do.</summary>
    public string Reason { get; } = reason;

    /// <inheritdoc/>
    public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        var failed = new ScoreOutcome.Failed($"scorer '{Identity.Name}': {Reason}", Retryable: false);
        return Task.FromResult(new ScoredResponse(
            request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => (ScoreOutcome)failed), Refused: null));
    }
}
