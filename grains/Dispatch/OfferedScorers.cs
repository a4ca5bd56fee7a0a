using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>
/// Which scorers somebody has. Work waits for a worker that has its scorer; where none asked for long, as after every silo was renewed, it is lent to any,
/// whose refusal says what is missing: better than to wait for ever.
/// </summary>
internal sealed class OfferedScorers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ScorerIdentity, DateTimeOffset> _seen = [];

    /// <summary>Takes note of what a worker has.</summary>
    public void Offer(LeaseRequest request, DateTimeOffset now)
    {
        foreach (var scorer in request.Scorers) _seen[scorer] = now;
    }

    /// <summary>Whether work for a scorer may go to a worker.</summary>
    public bool Fits(LeaseRequest request, ScorerIdentity scorer, DateTimeOffset now)
    {
        if (request.Scorers.IsEmpty || request.Scorers.Contains(scorer)) return true;
        _seen.TryAdd(scorer, now);
        return now - _seen[scorer] > Patience;
    }
}
