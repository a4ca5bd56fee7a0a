using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The scorer of an evaluation: counted on a progress line, and given up as soon as it sends nothing any more.</summary>
internal sealed class WatchedScorer(OpenScorer open) : IRailScorer
{
    private readonly Lock _lock = new();
    private bool _stopped;

    /// <summary>Who is watched.</summary>
    public IRailScorer Bare => open.Bare;

    /// <summary>Counts the answers; null for nothing.</summary>
    public ProgressLine? Progress { get; set; }

    public ScorerIdentity Identity => open.Scorer.Identity;

    public ScorerTraits Traits => open.Scorer.Traits;

    /// <summary>Scores; a scorer that has stopped fails at once, so that those under way are not lost: they may be paid for.</summary>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        var scored = await open.Scorer.ScoreAsync(request, cancellationToken);
        lock (_lock)
        {
            if (scored.HasFailures) _stopped |= open.Stopped is not null;
            Progress?.Step();
        }

        return scored;
    }

    /// <summary>Ends the command where the scorer stopped on the way.</summary>
    /// <exception cref="IOException">It did.</exception>
    public void ThrowIfStopped()
    {
        if (_stopped) open.ThrowIfStopped();
    }
}
