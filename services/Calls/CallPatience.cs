namespace RailCluster.Services;

/// <summary>How patiently a server is asked.</summary>
public record CallPatience
{
    /// <summary>Time for one request. What is late has an unknown outcome; it is cancelled before it is asked again.</summary>
    public TimeSpan AttemptDeadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Time for one piece of work with all its attempts and waits.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Requests for one piece of work at most; 1 or more.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>The wait before the second attempt; it doubles from there, with jitter.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between attempts, and the most that a <c>Retry-After</c> is followed.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);
}
