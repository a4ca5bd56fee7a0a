namespace RailCluster.Scoring;

/// <summary>What was asked of the RAIL API by one process so far.</summary>
public sealed record RailApiUsage
{
    /// <summary>Requests sent, retries included.</summary>
    public long Calls { get; init; }

    /// <summary>Attempts after a first one.</summary>
    public long Retries { get; init; }

    /// <summary>Requests that the service called one too many.</summary>
    public long Throttled { get; init; }

    /// <summary>Second requests for an evaluation that took long.</summary>
    public long Hedges { get; init; }

    /// <summary>Credits spent: as the service told, and where it did not, as reserved.</summary>
    public double CreditsSpent { get; init; }

    /// <summary>Credits that requests under way may cost.</summary>
    public double CreditsReserved { get; init; }

    /// <summary>Evaluations that came from the service's own cache.</summary>
    public long CacheHits { get; init; }

    /// <summary>Answers scored with numbers by the service.</summary>
    public long Scored { get; init; }

    /// <summary>Answers too short for the service, which the rules scored.</summary>
    public long ToRules { get; init; }

    /// <summary>Answers that the service's policy or a provider's filter kept from being scored.</summary>
    public long Filtered { get; init; }

    /// <summary>Answers that the service calls critical: an average under 3.0.</summary>
    public long Critical { get; init; }

    /// <summary>Answers with a dimension that cannot be scored, those that were filtered included.</summary>
    public long Unscorable { get; init; }

    /// <summary>Answers with a dimension that failed.</summary>
    public long Failed { get; init; }
}

/// <summary>Counts what is done; safe from any thread.</summary>
internal sealed class RailApiCounts
{
    private readonly Lock _lock = new();
    private RailApiUsage _usage = new();

    /// <summary>Changes the counts.</summary>
    public void Count(Func<RailApiUsage, RailApiUsage> change)
    {
        lock (_lock)
            _usage = change(_usage);
    }

    /// <summary>Sets credits aside for a request.</summary>
    public void Reserve(double credits) => Count(usage => usage with { CreditsReserved = usage.CreditsReserved + credits });

    /// <summary>Turns a reservation into what was spent. The last one leaves exactly nothing behind.</summary>
    public void Settle(double reserved, double spent) => Count(usage => usage with
    {
        CreditsReserved = Math.Max(0, Math.Round(usage.CreditsReserved - reserved, 6)),
        CreditsSpent = Math.Round(usage.CreditsSpent + spent, 6),
    });

    public RailApiUsage Snapshot(long retries)
    {
        lock (_lock)
            return _usage with { Retries = retries };
    }
}
