namespace RailCluster.Scoring;

/// <summary>Remembers that nobody need ask for now, and why. Safe from any thread.</summary>
internal sealed class RailApiStop(TimeProvider time)
{
    private sealed record Why(string Reason, DateTimeOffset Until);

    private volatile Why? _why;

    /// <summary>Why nothing is asked; null where it is.</summary>
    public string? Reason => _why is { } why && time.GetUtcNow() < why.Until ? why.Reason : null;

    /// <summary>Stops for a while. The first reason stays for its time: those behind it follow from it.</summary>
    public void Set(string reason, TimeSpan span)
    {
        if (Reason is null)
            _why = new Why(reason, time.GetUtcNow() + span);
    }
}
