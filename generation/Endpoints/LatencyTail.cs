namespace RailCluster.Generation;

/// <summary>Knows when a request has become the tail: every prompt has been started, and it takes a multiple of the median.</summary>
internal sealed class LatencyTail(int prompts, EndpointGeneratorOptions options, TimeProvider time)
{
    // Fewer answers have no median worth the name.
    private const int LeastAnswers = 3;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _sorted = [];
    private readonly HashSet<string> _hedged = [];
    private int _unstarted = prompts;

    /// <summary>A prompt's first request is on its way.</summary>
    public void Started() => Interlocked.Decrement(ref _unstarted);

    /// <summary>A request was answered.</summary>
    public void Answered(TimeSpan latency)
    {
        lock (_lock)
        {
            int at = _sorted.BinarySearch(latency);
            _sorted.Insert(at < 0 ? ~at : at, latency);
        }
    }

    /// <summary>Whether a prompt may be hedged; it may be once.</summary>
    public bool Take(string promptId)
    {
        lock (_lock)
            return _hedged.Add(promptId);
    }

    /// <summary>Ends when a request that began at <paramref name="began"/> is overdue.</summary>
    public async Task OverdueAsync(long began, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(began) < Limit())
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(false);
    }

    private TimeSpan Limit()
    {
        lock (_lock)
        {
            if (Volatile.Read(ref _unstarted) > 0 || _sorted.Count < LeastAnswers)
                return TimeSpan.MaxValue;
            TimeSpan multiple = _sorted[_sorted.Count / 2] * options.HedgeMultiple;
            return multiple > options.LeastHedgeAge ? multiple : options.LeastHedgeAge;
        }
    }
}
