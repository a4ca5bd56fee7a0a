using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Shares the calls that may be under way among those who want some: equally, and never one twice. A holder keeps what it has until it asks again, so
/// that a newcomer's share comes free within about a second; with more holders than places they take turns.
/// </summary>
internal static class QuotaPlaces
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AfterTurn = TimeSpan.FromSeconds(1);

    // Who polls was heard of a moment ago; who was not has crashed, and nobody waits for it.
    private static readonly TimeSpan Polls = TimeSpan.FromSeconds(2);

    public static (QuotaState State, int Places, TimeSpan Again) Share(QuotaState state, QuotaAsk ask, DateTimeOffset now)
    {
        var own = state.Holders[ask.Holder];
        var others = state.Holders.Where(holder => holder.Key != ask.Holder && holder.Value.Active).Select(holder => holder.Value).ToList();
        var allowed = (int)(state.Allowed ?? ask.Limits.InFlight);
        var free = Math.Max(0, allowed - others.Sum(holder => holder.Places));
        var share = (allowed + others.Count) / (others.Count + 1);
        var waiting = others.Where(holder => holder.Places == 0 && holder.Seen > now - Polls).ToList();
        var isOver = own.Places > 0 && others.Count >= allowed && waiting.Count > 0 && now >= own.Since + Turn;
        var ahead = own.Places > 0 ? 0 : waiting.Count(holder => holder.Since < own.Since);
        var places = isOver ? 0 : Math.Min(share, Math.Max(0, free - ahead));
        var changed = own with { Places = places, Since = own.Places > 0 == places > 0 ? own.Since : now };
        return (state with { Holders = state.Holders.SetItem(ask.Holder, changed) }, places, isOver ? AfterTurn : PollEvery);
    }
}
