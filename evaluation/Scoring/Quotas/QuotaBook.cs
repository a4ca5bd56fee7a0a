using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The accounting of an account that many share: pure functions over its state. Whatever holders do or fail to do, no 60 seconds hold more calls than
/// the limits allow, no 24 hours either, and credits are reserved before they may be spent.
/// </summary>
public static class QuotaBook
{
    /// <summary>A holder that was not heard of for so long has crashed or is done.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>How late after its slot a call may be sent.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a service's wish to be left alone is followed.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(15);

    private const int LongestName = 200;

    /// <summary>Takes in a report and hands out a block. Asking for no calls reports alone, and gives the holder's places up.</summary>
    /// <param name="state">What was granted so far.</param>
    /// <param name="ask">What is wanted.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="RailInputException">The question makes no sense.</exception>
    public static (QuotaState State, QuotaGrant Grant) Take(QuotaState state, QuotaAsk ask, DateTimeOffset now)
    {
        Check(ask);
        state = QuotaReports.Apply(Living(state, now), ask, now);
        if (ask.Calls == 0) return (Without(state, ask.Holder), new QuotaGrant.Granted(0, TimeSpan.Zero, TimeSpan.Zero, 0));
        (state, var places, var again) = QuotaPlaces.Share(state, ask, now);
        return places == 0
            ? (state, new QuotaGrant.Granted(0, again, TimeSpan.Zero, 0))
            : QuotaBlocks.Grant(state, ask, places, now);
    }

    /// <summary>The state as a new keeper takes it over: the clocks of two machines may differ a little.</summary>
    public static QuotaState TakenOver(QuotaState state, DateTimeOffset now)
    {
        var settled = now + Lateness;
        return state.Held >= settled ? state : state with { Held = settled };
    }

    /// <summary>Refuses limits that make no sense.</summary>
    /// <exception cref="RailInputException">One of them is out of range; the message names it.</exception>
    public static void Check(QuotaLimits limits)
    {
        if (limits.InFlight < 1) throw new RailInputException($"calls in flight: {limits.InFlight} is not 1 or more");
        if (limits.PerMinute < 1) throw new RailInputException($"calls a minute: {limits.PerMinute} is not 1 or more");
        if (limits.PerDay < 1) throw new RailInputException($"calls a day: {limits.PerDay} is not 1 or more");
        if (limits.Credits is { } credits && !(credits >= 0 && double.IsFinite(credits))) throw new RailInputException($"credits: {credits} is not 0 or more");
    }

    private static void Check(QuotaAsk ask)
    {
        Check(ask.Limits);
        if (ask.Holder.Length is 0 or > LongestName) throw new RailInputException($"a holder's name has 1 to {LongestName} characters");
        if (ask.Calls < 0) throw new RailInputException($"calls wanted: {ask.Calls} is not 0 or more");
        if (!(ask.CreditsPerCall >= 0 && double.IsFinite(ask.CreditsPerCall)))
            throw new RailInputException($"credits for a call: {ask.CreditsPerCall} is not 0 or more");
        var report = ask.Report;
        if (report.Answered < 0 || report.Throttled < 0 || report.UnusedCalls < 0 || !(report.Seconds >= 0 && double.IsFinite(report.Seconds))
            || !(report.RetryAfterSeconds >= 0) || !double.IsFinite(report.UnusedCredits))
            throw new RailInputException($"the report of '{ask.Holder}' has a figure out of range");
    }

    private static QuotaState Living(QuotaState state, DateTimeOffset now)
    {
        var silent = state.Holders.Where(holder => holder.Value.Seen < now - Silence).Select(holder => holder.Key).ToList();
        return silent.Count == 0 ? state : state with { Holders = state.Holders.RemoveRange(silent) };
    }

    // Its tally of credits stays until it is silent, so that what comes back late is still taken.
    private static QuotaState Without(QuotaState state, string name) => state.Holders.TryGetValue(name, out var holder)
        ? state with { Holders = state.Holders.SetItem(name, holder with { Active = false, Places = 0 }) }
        : state;
}
