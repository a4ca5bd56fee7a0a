namespace RailCluster.Generation;

/// <summary>Notices a connection that is kept open by a byte now and then.</summary>
internal sealed class Pace(TimeSpan window, TimeProvider time)
{
    /// <summary>Bytes a second, on average over a window, below which a connection is no download.</summary>
    private const int LeastPerSecond = 1024;

    private long _began = time.GetTimestamp();
    private long _bytes;

    /// <summary>Counts bytes that came; true where too few did since the window began.</summary>
    public bool IsTooSlow(int bytes)
    {
        _bytes += bytes;
        TimeSpan passed = time.GetElapsedTime(_began);
        if (passed < window)
            return false;
        bool slow = _bytes < passed.TotalSeconds * LeastPerSecond;
        (_began, _bytes) = (time.GetTimestamp(), 0);
        return slow;
    }

    /// <summary>What is told then.</summary>
    public static ModelUnreachableException TooSlow() => new($"fewer than {LeastPerSecond} bytes a second came");
}
