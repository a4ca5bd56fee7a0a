namespace RailCluster.Scoring;

/// <summary>How often the cache had a score. Thread-safe.</summary>
public sealed class CacheCounts
{
    private long _hits;
    private long _misses;

    /// <summary>Answers whose score was there.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>Answers that were scored.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    internal void Count(bool hit) => Interlocked.Increment(ref hit ? ref _hits : ref _misses);
}
