using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Which RAIL API is asked with which key, how patiently, and how much it may cost.</summary>
public sealed record RailApiOptions : CallPatience
{
    /// <summary>The environment variable of the key; <c>RAIL_API_KEY_FILE</c> names a file instead.</summary>
    public const string KeyVariable = "RAIL_API_KEY";

    /// <summary>A deep evaluation takes seconds; a turn within a limit of a few calls a minute takes minutes.</summary>
    public RailApiOptions() =>
        (AttemptDeadline, Deadline, Attempts, LongestWait) = (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(20), 4, TimeSpan.FromMinutes(2));

    /// <summary>The service.</summary>
    public RailApiAddress Address { get; init; } = RailApiAddress.Default;

    /// <summary>The key.</summary>
    public required EndpointKey Key { get; init; }

    /// <summary>What the key may do; by default what the Free plan lets it, without a cap on credits.</summary>
    public QuotaLimits Limits { get; init; } = Free;

    /// <summary>What becomes of answers that the API does not take for their length.</summary>
    public LongAnswers LongAnswers { get; init; }

    /// <summary>An evaluation that takes longer than this is sent a second time, once, and the first answer counts. It costs credits twice; null for never.</summary>
    public TimeSpan? HedgeAfter { get; init; }

    /// <summary>After a refusal that concerns every answer (a rejected key, no credits left, a cap reached), how long nothing is sent.</summary>
    public TimeSpan StopFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest body read from the service, in bytes.</summary>
    public int LargestBody { get; init; } = 1 << 20;

    /// <summary>The limits of the Free plan.</summary>
    public static QuotaLimits Free { get; } = new(PerMinute: 10, PerDay: 100, Credits: null, InFlight: 4);

    /// <summary>The limits of the Pro plan.</summary>
    public static QuotaLimits Pro { get; } = new(PerMinute: 60, PerDay: 5_000, Credits: null, InFlight: 8);

    /// <summary>The limits of the Business plan.</summary>
    public static QuotaLimits Business { get; } = new(PerMinute: 300, PerDay: 50_000, Credits: null, InFlight: 32);

    /// <summary>The account that all who use this key share.</summary>
    public string Account => $"{RailApiScorer.Name}-{Key.Fingerprint}";

    /// <summary>Refuses what means nothing.</summary>
    /// <exception cref="RailInputException">A value is outside its range.</exception>
    public void Require()
    {
        if (Limits.InFlight < 1 || Limits.PerMinute < 1 || Limits.PerDay < 1 || Limits.Credits is not (null or >= 0 and < double.PositiveInfinity))
            throw new RailInputException($"scorer '{RailApiScorer.Name}': the limits of the key must be at least 1 call, and its credits 0 or more");
        if (Attempts < 1 || LargestBody < 1)
            throw new RailInputException($"scorer '{RailApiScorer.Name}': it needs at least one attempt and one byte");
        if (!IsDeadline(AttemptDeadline) || !IsDeadline(Deadline) || (HedgeAfter is { } hedge && !IsDeadline(hedge)))
            throw new RailInputException($"scorer '{RailApiScorer.Name}': its deadlines are 10 milliseconds to a day");
        if (FirstWait < TimeSpan.Zero || LongestWait < TimeSpan.Zero || LongestWait > Day || StopFor < TimeSpan.Zero || StopFor > Day)
            throw new RailInputException($"scorer '{RailApiScorer.Name}': its waits are zero to a day");
        if (!Enum.IsDefined(LongAnswers))
            throw new RailInputException($"scorer '{RailApiScorer.Name}': long answers are refused or split");
    }

    private static TimeSpan Day => TimeSpan.FromDays(1);

    private static bool IsDeadline(TimeSpan span) => span >= TimeSpan.FromMilliseconds(10) && span <= Day;
}
