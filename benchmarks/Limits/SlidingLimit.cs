using System.Diagnostics;

namespace RailCluster.Benchmarks;

/// <summary>A server's limit of calls in any minute, kept strictly: what arrives beyond it is refused, and counted.</summary>
internal sealed class SlidingLimit(int perMinute)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<long> _admitted = new();
    private readonly List<TimeSpan> _all = [];
    private readonly long _origin = Stopwatch.GetTimestamp();

    /// <summary>Calls that were refused.</summary>
    public int Refused { get; private set; }

    public bool Admit()
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            while (_admitted.TryPeek(out long first) && Stopwatch.GetElapsedTime(first, now) >= Window)
                _admitted.Dequeue();
            if (_admitted.Count >= perMinute)
            {
                Refused++;
                return false;
            }

            _admitted.Enqueue(now);
            _all.Add(Stopwatch.GetElapsedTime(_origin, now));
            return true;
        }
    }

    /// <summary>Admitted calls a minute, from a moment on.</summary>
    public double RateAfter(TimeSpan warm)
    {
        lock (_lock)
        {
            TimeSpan[] counted = [.. _all.SkipWhile(at => at < warm)];
            return (counted.Length - 1) / (counted[^1] - counted[0]).TotalMinutes;
        }
    }
}
