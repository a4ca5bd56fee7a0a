using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>A call that was granted and not made yet.</summary>
/// <param name="Due">When it may be sent.</param>
/// <param name="Gone">When it no longer may be.</param>
/// <param name="Credits">What is reserved for it.</param>
internal readonly record struct CallSlot(TimeSpan Due, TimeSpan Gone, double Credits);

/// <summary>The calls that were granted, in order. What is not used in time is gone: made later, calls would stand closer together than was granted.</summary>
internal sealed class CallSlots
{
    private readonly Queue<CallSlot> _slots = new();

    public int Count => _slots.Count;

    /// <summary>When the last of them is due.</summary>
    public TimeSpan Last { get; private set; }

    public CallSlot? Next => _slots.TryPeek(out CallSlot next) ? next : null;

    /// <summary>Takes a block in. Where on its way the grant was reckoned is not known: its calls are sent as if on arrival, and are gone as if before it was asked for.</summary>
    public void Add(QuotaGrant.Granted block, double credits, TimeSpan asked, TimeSpan now)
    {
        TimeSpan grace = block.Spacing > TimeSpan.Zero ? QuotaBook.Lateness : QuotaBook.Silence;
        for (int call = 0; call < block.Calls; call++)
        {
            TimeSpan from = block.Wait + (call * block.Spacing);
            _slots.Enqueue(new CallSlot(now + from, asked + from + grace, credits));
            Last = now + from;
        }
    }

    public CallSlot Take() => _slots.Dequeue();

    /// <summary>Drops what is gone, and what is due before <paramref name="held"/>.</summary>
    public void Lapse(TimeSpan now, TimeSpan held, CallTally tally)
    {
        while (_slots.TryPeek(out CallSlot slot) && (slot.Gone < now || slot.Due < held))
        {
            _slots.Dequeue();
            tally.Unused(slot.Credits);
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear(CallTally tally)
    {
        while (_slots.TryDequeue(out CallSlot slot))
            tally.Unused(slot.Credits);
    }
}
