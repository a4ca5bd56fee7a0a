using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What holders tell: calls and credits that they did not use, and how the service bears what it is asked.</summary>
internal static class QuotaReports
{
    // One crowd of refusals lowers the bound once.
    private static readonly TimeSpan LowerEvery = TimeSpan.FromSeconds(5);

    // A mean of fewer answers says little.
    private const int AnswersInMean = 10;
    private const double SlowerThanBest = 2;
    private const double LowerWhenSlow = 0.9;

    // What was once quick may be slower for good: the best is slowly forgotten.
    private const double Forgetting = 1.01;

    // A slow service is given room; only one that refuses is left with a single call.
    private const double LeastShareWhenSlow = 0.25;

    public static QuotaState Apply(QuotaState state, QuotaAsk ask, DateTimeOffset now)
    {
        var holder = state.Holders.GetValueOrDefault(ask.Holder) ?? new QuotaHolder { Since = now };
        holder = holder with { Active = true, Seen = now };
        (state, holder) = TakeBack(state, holder, ask, now);
        state = state with { Holders = state.Holders.SetItem(ask.Holder, holder) };
        return Hold(Breathe(state, ask, now), ask.Report, now);
    }

    // A place in the minute counts only while it is still to come and nobody stands behind it; in the day, a call that was never made does not count at all.
    private static (QuotaState State, QuotaHolder Holder) TakeBack(QuotaState state, QuotaHolder holder, QuotaAsk ask, DateTimeOffset now)
    {
        var report = ask.Report;
        var credits = Math.Min(report.UnusedCredits, holder.Credits);
        state = state with { Credits = Math.Max(0, state.Credits - credits) };
        holder = holder with { Credits = Math.Max(0, holder.Credits - credits) };
        var unmade = Math.Min(report.UnusedCalls, holder.HourCalls);
        if (unmade > 0 && state.Hours.TryGetValue(holder.Hour, out var counted))
        {
            state = state with { Hours = state.Hours.SetItem(holder.Hour, Math.Max(0, counted - unmade)) };
            holder = holder with { HourCalls = holder.HourCalls - unmade };
        }

        var spacing = QuotaBlocks.Spacing(ask.Limits);
        if (report.UnusedCalls == 0 || spacing == TimeSpan.Zero || holder.BlockCalls == 0 || holder.BlockEnd != state.Free) return (state, holder);
        var coming = (int)Math.Clamp((holder.BlockEnd - now) / spacing, 0, Math.Min(report.UnusedCalls, holder.BlockCalls));
        var end = holder.BlockEnd - (coming * spacing);
        return (state with { Free = end }, holder with { BlockEnd = end, BlockCalls = holder.BlockCalls - coming });
    }

    // The bound on calls under way: halved where the service refuses, a tenth less where it grows slow, one more for every bound's worth of answers.
    private static QuotaState Breathe(QuotaState state, QuotaAsk ask, DateTimeOffset now)
    {
        double most = ask.Limits.InFlight;
        var allowed = Math.Min(state.Allowed ?? most, most);
        state = state with { Answered = state.Answered + ask.Report.Answered, Seconds = state.Seconds + ask.Report.Seconds };
        var slow = false;
        if (state.Answered >= AnswersInMean)
        {
            var mean = state.Seconds / state.Answered;
            slow = mean > SlowerThanBest * state.BestSeconds;
            state = state with { BestSeconds = Math.Min(mean, (state.BestSeconds ?? mean) * Forgetting), Answered = 0, Seconds = 0 };
        }

        var refused = ask.Report.Throttled > 0;
        if (refused || slow)
        {
            if (now < state.Lowered + LowerEvery) return state with { Allowed = allowed };
            var lower = refused ? Math.Max(1, Math.Floor(allowed / 2)) : Math.Min(allowed, Math.Max(1, Math.Max(allowed * LowerWhenSlow, most * LeastShareWhenSlow)));
            return state with { Allowed = lower, Lowered = now };
        }

        return state with { Allowed = Math.Min(most, allowed + (ask.Report.Answered / allowed)) };
    }

    private static QuotaState Hold(QuotaState state, QuotaReport report, DateTimeOffset now)
    {
        if (report.RetryAfterSeconds == 0) return state;
        var until = now + (report.RetryAfterSeconds < QuotaBook.LongestHold.TotalSeconds ? TimeSpan.FromSeconds(report.RetryAfterSeconds) : QuotaBook.LongestHold);
        return until > state.Held ? state with { Held = until } : state;
    }
}
