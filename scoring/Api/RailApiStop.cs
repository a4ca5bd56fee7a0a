namespace RailCluster.Scoring;

/// <summary>Remembers that nobody need ask for now, and why. Safe from any thread.</summary>
internal sealed class RailApiStop(TimeProvider time)
{
    private sealed record Why(string Reason, DateTimeOffset Until, bool OfService);

    private volatile Why? _why;

    /// <summary>Why nothing new is asked; null where it is.</summary>
    public string? Reason => Current?.Reason;

    /// <summary>Why not even what was granted already is sent: the service refuses it. A cap that is reached leaves what was granted below it.</summary>
    public string? Refusal => Current is { OfService: true } why ? why.Reason : null;

    private Why? Current => _why is { } why && time.GetUtcNow() < why.Until ? why : null;

    /// <summary>Stops for a while. The first reason stays for its time: those behind it follow from it.</summary>
    public void Set(string reason, TimeSpan span, bool ofService)
    {
        if (Current is not { } why || (ofService && !why.OfService))
            _why = new Why(reason, time.GetUtcNow() + span, ofService);
    }
}
