using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>What one account has granted. Plain data: it rests with every grant, so that a crash grants nothing twice.</summary>
public sealed record QuotaState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The first moment that no call was granted for.</summary>
    public DateTimeOffset Free { get; init; }

    /// <summary>Before it nobody calls: the service asked to be left alone.</summary>
    public DateTimeOffset Held { get; init; }

    /// <summary>Calls by the hour that they were granted for, in hours since 1970.</summary>
    public ImmutableSortedDictionary<long, int> Hours { get; init; } = ImmutableSortedDictionary<long, int>.Empty;

    /// <summary>Credits reserved or spent.</summary>
    public double Credits { get; init; }

    /// <summary>When credits were last reserved.</summary>
    public DateTimeOffset Reserved { get; init; }

    /// <summary>Calls that may be under way at a time; null for as many as the limits say.</summary>
    public double? Allowed { get; init; }

    /// <summary>When that was last lowered.</summary>
    public DateTimeOffset Lowered { get; init; }

    /// <summary>The best mean time of an answer, in seconds; null until enough answers came.</summary>
    public double? BestSeconds { get; init; }

    /// <summary>Answers since the mean was last looked at.</summary>
    public int Answered { get; init; }

    /// <summary>The time that these took together.</summary>
    public double Seconds { get; init; }

    /// <summary>Who shares the account.</summary>
    public ImmutableDictionary<string, QuotaHolder> Holders { get; init; } = ImmutableDictionary<string, QuotaHolder>.Empty;
}

/// <summary>One who shares an account.</summary>
public sealed record QuotaHolder
{
    /// <summary>When it last asked.</summary>
    public DateTimeOffset Seen { get; init; }

    /// <summary>Whether it wants calls, and so has a share.</summary>
    public bool Active { get; init; }

    /// <summary>Calls that it may have under way at a time.</summary>
    public int Places { get; init; }

    /// <summary>Since when it has places, or has none.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Where its last block ends.</summary>
    public DateTimeOffset BlockEnd { get; init; }

    /// <summary>Calls of that block.</summary>
    public int BlockCalls { get; init; }

    /// <summary>The hour that the block counts in.</summary>
    public long Hour { get; init; }

    /// <summary>Calls that it was granted for that hour.</summary>
    public int HourCalls { get; init; }

    /// <summary>Credits that it was granted and did not give back.</summary>
    public double Credits { get; init; }
}
