namespace RailCluster.Scoring;

/// <summary>Knows when a call has become the tail: it takes a multiple of the median of the latest ones.</summary>
/// <param name="multiple">Of the median; 0 for never.</param>
/// <param name="least">The least age of a call in the tail.</param>
internal sealed class JudgeTail(double multiple, TimeSpan least)
{
    // Fewer answers have no median worth the name; more than the window say how the server was, not how it is.
    private const int LeastAnswers = 8;
    private const int Window = 64;

    // A server that slows down as a whole must not be asked twice for everything.
    private const int OneIn = 10;

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _latest = new();
    private long _answered, _hedged;

    /// <summary>A call was answered.</summary>
    public void Answered(TimeSpan latency)
    {
        lock (_lock)
        {
            _answered++;
            _latest.Enqueue(latency);
            if (_latest.Count > Window)
                _latest.Dequeue();
        }
    }

    /// <summary>The age from which a call is late; null where that cannot be said, or nothing is sent again.</summary>
    public TimeSpan? Limit()
    {
        lock (_lock)
        {
            if (multiple == 0 || _latest.Count < LeastAnswers)
                return null;
            TimeSpan late = _latest.Order().ElementAt(_latest.Count / 2) * multiple;
            return late > least ? late : least;
        }
    }

    /// <summary>Whether one more call may be sent a second time.</summary>
    public bool Take()
    {
        lock (_lock)
        {
            if ((_hedged + 1) * OneIn > _answered + OneIn)
                return false;
            _hedged++;
            return true;
        }
    }
}
