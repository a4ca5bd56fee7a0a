using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>Which server is asked, and how patiently.</summary>
public sealed record EndpointGeneratorOptions : CallPatience
{
    /// <summary>A model takes longer than most servers.</summary>
    public EndpointGeneratorOptions() => (AttemptDeadline, Deadline) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20));

    /// <summary>The server.</summary>
    public required EndpointAddress Address { get; init; }

    /// <summary>The model's name there.</summary>
    public required string ModelName { get; init; }

    /// <summary>The server's key; null where it asks for none.</summary>
    public EndpointKey? Key { get; init; }

    /// <summary>Requests in flight at most; 1 or more. Fewer after the server said that it is too many.</summary>
    public int Slots { get; init; } = 16;

    /// <summary>At temperature 0, a request of the tail that takes this many times the median is sent a second time, once; 0 for never.</summary>
    public double HedgeMultiple { get; init; } = 3;

    /// <summary>No request younger than this is hedged.</summary>
    public TimeSpan LeastHedgeAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The largest body read from the server, in bytes.</summary>
    public int LargestBody { get; init; } = 4 << 20;

    /// <summary>Refuses what means nothing.</summary>
    /// <exception cref="RailInputException">A value is outside its range.</exception>
    internal void Require()
    {
        if (string.IsNullOrWhiteSpace(ModelName))
            throw new RailInputException("the endpoint's model has no name; servers answer to a name");
        if (Slots < 1 || Attempts < 1 || LargestBody < 1)
            throw new RailInputException("an endpoint needs at least one slot, one attempt and one byte");
        if (!IsDeadline(AttemptDeadline) || !IsDeadline(Deadline))
            throw new RailInputException("an endpoint's deadlines are 10 milliseconds to a day");
        if (FirstWait < TimeSpan.Zero || LongestWait < TimeSpan.Zero || LongestWait > TimeSpan.FromDays(1))
            throw new RailInputException("an endpoint's waits are zero to a day");
        if (!(HedgeMultiple is 0 or >= 1))
            throw new RailInputException(FormattableString.Invariant($"the hedge multiple is {HedgeMultiple}, and must be 0 or at least 1"));
    }

    private static bool IsDeadline(TimeSpan span) => span >= TimeSpan.FromMilliseconds(10) && span <= TimeSpan.FromDays(1);
}
