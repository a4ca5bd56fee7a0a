using RailCluster.Contracts;

namespace RailCluster.Services;

/// <content>How it asks for blocks. An answer that does not come has an unknown outcome: what it may have granted is not used, what was told is not told again.</content>
public sealed partial class CallPacer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SpentFor = TimeSpan.FromSeconds(1);

    private (string Reason, double Credits, TimeSpan Until)? _spent;
    private TimeSpan _askAt;
    private TimeSpan _asked;
    private int _failures;
    private int _served;
    private bool _isAsking;
    private bool _isHolder;

    // What is granted before the service wants to be asked again would be dropped at once, and asked for again.
    private bool Wants(TimeSpan now) =>
        now >= _held && _waiters.Count > _slots.Count && _underWay < Math.Max(1, _gate.Allowed) && (_slots.Count == 0 || _slots.Last - now <= Ahead);

    private QuotaAsk? Question(TimeSpan now)
    {
        if (_isAsking || now < _askAt)
            return null;
        bool idle = _isHolder && _waiters.Count == 0 && _underWay == 0 && now - _active >= Linger;
        bool wants = Wants(now);
        if (!idle && !wants && !_tally.IsUrgent && !(_isHolder && now - _asked >= TellEvery))
            return null;
        if (idle)
            _slots.Clear(_tally);
        // As many as wait, and as many again as were lately made: they come back.
        int calls = idle ? 0 : Math.Max(1, wants ? _waiters.Count - _slots.Count + _served : 1);
        double credits = _waiters.Count == 0 ? 0 : _waiters.Max(waiter => waiter.Credits);
        (_isAsking, _asked, _served) = (true, now, 0);
        return new QuotaAsk(_holder, calls, credits, _limits, _tally.Take());
    }

    private async Task AskAsync(QuotaAsk ask)
    {
        QuotaGrant? grant = null;
        try
        {
            grant = await _source.TakeAsync(_quota, ask, CancellationToken.None).WaitAsync(Deadline, _time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Asked again below, later each time; whoever waits has a deadline of his own.
        }

        lock (_lock)
        {
            _isAsking = false;
            Take(ask, grant, Now);
        }

        Step();
    }

    private void Take(QuotaAsk ask, QuotaGrant? grant, TimeSpan now)
    {
        _failures = grant is null ? _failures + 1 : 0;
        _isHolder = ask.Calls > 0;
        switch (grant)
        {
            case QuotaGrant.Granted block:
                _gate.Most = ask.Calls == 0 ? _gate.Most : block.InFlight;
                _slots.Add(block, ask.CreditsPerCall, _asked, now);
                _askAt = block.Calls > 0 || ask.Calls == 0 ? now : now + (block.Wait > ShortestWait ? block.Wait : ShortestWait);
                break;
            case QuotaGrant.Exhausted exhausted:
                _spent = (exhausted.Reason, ask.CreditsPerCall, now + SpentFor);
                _askAt = now + ShortestWait;
                Refuse(exhausted.Reason, ask.CreditsPerCall);
                break;
            default:
                TimeSpan wait = FirstWait * Math.Pow(2, Math.Min(_failures - 1, 10));
                _askAt = now + (wait < LongestWait ? wait : LongestWait);
                break;
        }
    }

    // Whoever was granted a call already keeps it, and a cheaper one may still be paid for.
    private void Refuse(string reason, double credits)
    {
        foreach (Waiter waiter in _waiters.Skip(_slots.Count).Where(waiter => waiter.Credits >= credits).ToList())
        {
            _waiters.Remove(waiter.Node);
            waiter.GiveUp.Unregister();
            waiter.Place.TrySetException(new EndpointException(FaultKind.Fatal, reason));
        }
    }
}
