using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The scorer of an evaluation: counted on a progress line, and given up as soon as it sends nothing any more.</summary>
internal sealed class WatchedScorer(OpenScorer open) : IRailScorer
{
    private readonly Lock _lock = new();

    /// <summary>Who is watched.</summary>
    public IRailScorer Bare => open.Bare;

    /// <summary>Counts the answers; null for nothing.</summary>
    public ProgressLine? Progress { get; set; }

    public ScorerIdentity Identity => open.Scorer.Identity;

    public ScorerTraits Traits => open.Scorer.Traits;

    /// <exception cref="IOException">The scorer has stopped.</exception>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        var scored = await open.Scorer.ScoreAsync(request, cancellationToken);
        if (scored.HasFailures) open.ThrowIfStopped();
        lock (_lock) Progress?.Step();
        return scored;
    }
}
