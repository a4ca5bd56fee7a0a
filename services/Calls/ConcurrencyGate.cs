namespace RailCluster.Services;

/// <summary>
/// Bounds the requests in flight, the prompt that stands first going first. The bound halves when the server says that it is too many, once for
/// all requests that were under way by then, and grows back by one for every bound's worth of answers.
/// </summary>
/// <param name="most">Requests in flight at most; 1 or more.</param>
public sealed class ConcurrencyGate(int most)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource<long>, (int Order, long Arrival)> _waiting = new();
    private double _allowed = most;
    private long _passes;
    private long _lastOfCrowd;
    private long _arrivals;
    private int _inFlight;

    /// <summary>Requests that may be in flight now.</summary>
    public int Allowed
    {
        get
        {
            lock (_lock)
                return (int)_allowed;
        }
    }

    /// <summary>Waits for a place; the number it gives is handed back on leaving.</summary>
    /// <param name="order">Lower goes first.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<long> EnterAsync(int order, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var place = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Enqueue(place, (order, _arrivals++));
            Admit();
        }

        await using CancellationTokenRegistration giveUp = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        return await place.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="pass">From entering.</param>
    /// <param name="throttled">Whether the server said that it was asked too much; null where it said nothing about that.</param>
    public void Leave(long pass, bool? throttled)
    {
        lock (_lock)
        {
            _inFlight--;
            if (throttled == true && pass > _lastOfCrowd)
            {
                _allowed = Math.Max(1, Math.Floor(_allowed / 2));
                _lastOfCrowd = _passes;
            }
            else if (throttled == false)
            {
                _allowed = Math.Min(most, _allowed + (1 / _allowed));
            }

            Admit();
        }
    }

    private void Admit()
    {
        while (_inFlight < (int)_allowed && _waiting.TryDequeue(out TaskCompletionSource<long>? next, out _))
        {
            if (!next.TrySetResult(_passes + 1))
                continue;
            _passes++;
            _inFlight++;
        }
    }
}
