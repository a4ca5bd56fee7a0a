using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Hands out calls in blocks of about a second. The calls of all holders stand in one row, evenly spaced a little wider than the limit asks: N + 1 of them
/// span N × 60 s / (0.97 × N), which is 61.9 s whatever N is. So 60 s never hold more than N, though one be sent up to 1.8 s later than another.
/// </summary>
internal static class QuotaBlocks
{
    private const double ShareOfLimit = 0.97;
    private const int MostCalls = 10_000;

    // A day's limit is kept by whole hours: a call counts until 24 hours after the end of its hour.
    private const int HoursInDay = 25;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    // Nobody is granted what lies further ahead, so that a crash loses little.
    private static readonly TimeSpan Horizon = TimeSpan.FromSeconds(10);

    // Others may give credits back that they did not spend.
    private static readonly TimeSpan ReturnWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    // Sums of fractions, such as 0.2 five times, are not exact.
    private const double Dust = 1e-9;

    public static TimeSpan Spacing(QuotaLimits limits) =>
        limits.PerMinute is { } calls ? TimeSpan.FromTicks((long)Math.Ceiling(Minute.Ticks / (ShareOfLimit * calls))) : TimeSpan.Zero;

    public static (QuotaState State, QuotaGrant Grant) Grant(QuotaState state, QuotaAsk ask, int places, DateTimeOffset now)
    {
        var spacing = Spacing(ask.Limits);
        var start = Latest(now, state.Held, spacing > TimeSpan.Zero ? state.Free : now);
        if (start - now > Horizon)
            return (state, new QuotaGrant.Granted(0, Earlier(start - now - (Horizon / 2), Horizon), TimeSpan.Zero, places));
        var sharing = state.Holders.Values.Count(holder => holder.Active);
        var calls = spacing == TimeSpan.Zero ? MostCalls : (int)Math.Clamp(Math.Ceiling(Block / spacing / sharing), 1, MostCalls);
        calls = Math.Min(calls, ask.Calls);

        state = state with { Hours = state.Hours.RemoveRange(state.Hours.Keys.TakeWhile(hour => hour + HoursInDay <= Hour(now))) };
        if (ask.Limits.PerDay is { } day && (calls = Math.Min(calls, day - state.Hours.Values.Sum())) <= 0) return (state, DayIsOver(state, day));
        if (ask.CreditsPerCall > 0 && ask.Limits.Credits is { } credits)
        {
            calls = (int)Math.Min(calls, Math.Floor(((credits - state.Credits) / ask.CreditsPerCall) + Dust));
            if (calls <= 0) return (state, CreditsAreGone(state, ask, credits, places, now));
        }

        return (Booked(state, ask, calls, start, spacing, now), new QuotaGrant.Granted(calls, start - now, spacing, places));
    }

    private static QuotaState Booked(QuotaState state, QuotaAsk ask, int calls, DateTimeOffset start, TimeSpan spacing, DateTimeOffset now)
    {
        var end = start + (calls * spacing);
        var hour = Hour(end + QuotaBook.Silence);
        var reserved = calls * ask.CreditsPerCall;
        var holder = state.Holders[ask.Holder];
        holder = holder with
        {
            BlockEnd = end,
            BlockCalls = calls,
            Hour = hour,
            HourCalls = (hour == holder.Hour ? holder.HourCalls : 0) + calls,
            Credits = holder.Credits + reserved,
        };
        return state with
        {
            Free = spacing > TimeSpan.Zero ? end : state.Free,
            Hours = state.Hours.SetItem(hour, state.Hours.GetValueOrDefault(hour) + calls),
            Credits = state.Credits + reserved,
            Reserved = reserved > 0 ? now : state.Reserved,
            Holders = state.Holders.SetItem(ask.Holder, holder),
        };
    }

    private static QuotaGrant.Exhausted DayIsOver(QuotaState state, int day)
    {
        var again = DateTimeOffset.UnixEpoch.AddHours(state.Hours.First(hour => hour.Value > 0).Key + HoursInDay);
        return new QuotaGrant.Exhausted(string.Create(
            CultureInfo.InvariantCulture, $"the limit of {day} calls a day is reached; the first are free again at {again:yyyy-MM-dd HH:mm} UTC, or raise the limit if the service allows more"));
    }

    private static QuotaGrant CreditsAreGone(QuotaState state, QuotaAsk ask, double cap, int places, DateTimeOffset now) =>
        now < state.Reserved + ReturnWithin
            ? new QuotaGrant.Granted(0, AskAgain, TimeSpan.Zero, places)
            : new QuotaGrant.Exhausted(string.Create(
                CultureInfo.InvariantCulture, $"the cap of {cap:0.###} credits leaves {Math.Max(0, cap - state.Credits):0.###}, and a call may cost {ask.CreditsPerCall:0.###}; raise the cap to go on"));

    private static long Hour(DateTimeOffset time) => (long)Math.Floor((time - DateTimeOffset.UnixEpoch).TotalHours);

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b, DateTimeOffset c) => new(Math.Max(a.UtcTicks, Math.Max(b.UtcTicks, c.UtcTicks)), TimeSpan.Zero);

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
