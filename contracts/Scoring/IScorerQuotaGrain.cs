using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>What a service lets one key do, as configured. Null is no limit.</summary>
/// <param name="PerMinute">Calls in any minute.</param>
/// <param name="PerDay">Calls in any day.</param>
/// <param name="Credits">Credits in all, over the quota's whole life.</param>
/// <param name="InFlight">Calls under way at a time, all processes together; 1 or more.</param>
[GenerateSerializer, Alias("rail.QuotaLimits")]
public sealed record QuotaLimits(int? PerMinute, int? PerDay, double? Credits, int InFlight);

/// <summary>What became of a process's calls since it last asked.</summary>
/// <param name="Answered">Calls that were answered.</param>
/// <param name="Throttled">Calls that the service called too many.</param>
/// <param name="Seconds">Time the answered calls took, together.</param>
/// <param name="UnusedCalls">Calls that were granted and not made.</param>
/// <param name="UnusedCredits">Credits that were granted and not spent.</param>
/// <param name="RetryAfterSeconds">How long the service asks to be left alone; 0 where it does not.</param>
[GenerateSerializer, Alias("rail.QuotaReport")]
public sealed record QuotaReport(int Answered, int Throttled, double Seconds, int UnusedCalls, double UnusedCredits, double RetryAfterSeconds);

/// <summary>A process asks for a block of calls.</summary>
/// <param name="Holder">The process, such as a silo's name.</param>
/// <param name="Calls">Calls wanted; 0 to report alone.</param>
/// <param name="CreditsPerCall">What one of them may cost.</param>
/// <param name="Limits">The limits as configured.</param>
/// <param name="Report">What became of earlier calls.</param>
[GenerateSerializer, Alias("rail.QuotaAsk")]
public sealed record QuotaAsk(string Holder, int Calls, double CreditsPerCall, QuotaLimits Limits, QuotaReport Report);

/// <summary>What a process may do.</summary>
[GenerateSerializer, Alias("rail.QuotaGrant")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "grant")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Exhausted), "exhausted")]
public abstract record QuotaGrant
{
    private QuotaGrant()
    {
    }

    /// <summary>A block of calls.</summary>
    /// <param name="Calls">How many; 0 where it is to ask again after <paramref name="Wait"/>.</param>
    /// <param name="Wait">Before the first.</param>
    /// <param name="Spacing">Between two of them.</param>
    /// <param name="InFlight">How many may be under way at a time in this process.</param>
    [GenerateSerializer, Alias("rail.QuotaGrant.Granted")]
    public sealed record Granted(int Calls, TimeSpan Wait, TimeSpan Spacing, int InFlight) : QuotaGrant;

    /// <summary>Nothing, until somebody raises a cap or the day is over.</summary>
    /// <param name="Reason">Which cap, and what to do.</param>
    [GenerateSerializer, Alias("rail.QuotaGrant.Exhausted")]
    public sealed record Exhausted(string Reason) : QuotaGrant;
}

/// <summary>What a scorer's service allows to one key, shared by the whole cluster; keyed by scorer and a hash of the key.</summary>
[Alias("rail.IScorerQuotaGrain")]
public interface IScorerQuotaGrain : IGrainWithStringKey
{
    /// <summary>Hands out calls in a block. Credits are reserved before they may be spent.</summary>
    [Alias("Take")]
    Task<QuotaGrant> TakeAsync(QuotaAsk ask);
}
