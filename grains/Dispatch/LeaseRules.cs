namespace RailCluster.Grains;

/// <summary>How long work is lent and how often it is tried.</summary>
public sealed record LeaseRules
{
    /// <summary>How long a lease lives without being renewed.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a shard is tried before it is reported as failed.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Wait before the second attempt; doubles with each further one.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts.</summary>
    public TimeSpan LongestBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before an attempt, from the second on; spread by up to a quarter so that failures do not return together.</summary>
    /// <param name="attempt">The attempt to come, from 2.</param>
    /// <param name="spread">0 to 1.</param>
    public TimeSpan Backoff(int attempt, double spread)
    {
        var doubled = FirstBackoff * Math.Pow(2, Math.Min(attempt - 2, 20));
        return (doubled < LongestBackoff ? doubled : LongestBackoff) * (1 + spread / 4);
    }
}
