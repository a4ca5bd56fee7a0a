using RailCluster.Contracts;

namespace RailCluster.Services;

/// <summary>What became of calls since it was last told, and the credits that are at hand.</summary>
internal sealed class CallTally
{
    // Sums of fractions are not exact.
    private const double Dust = 1e-9;

    private int _answered;
    private int _throttled;
    private int _unused;
    private double _seconds;
    private double _credits;
    private TimeSpan _retryAfter;

    /// <summary>Whether the service asked to be left alone, and nobody was told yet.</summary>
    public bool IsUrgent => _retryAfter > TimeSpan.Zero;

    public void Unused(double credits)
    {
        _unused++;
        _credits += credits;
    }

    /// <summary>Pays for a call with what its slot reserved and what others left.</summary>
    public bool TryPay(double reserved, double price)
    {
        if (_credits + reserved + Dust < price)
            return false;
        _credits += reserved - price;
        return true;
    }

    public void Left(CallResult result, double paid, TimeSpan took)
    {
        _credits += paid - (result.CreditsSpent ?? paid);
        if (result.RetryAfter > _retryAfter)
            _retryAfter = result.RetryAfter.Value;
        if (result.WasThrottled == true)
            _throttled++;
        if (result.WasThrottled != false)
            return;
        _answered++;
        _seconds += took.TotalSeconds;
    }

    /// <summary>All of it, once: told twice, it would count twice.</summary>
    public QuotaReport Take()
    {
        var report = new QuotaReport(_answered, _throttled, _seconds, _unused, _credits, _retryAfter.TotalSeconds);
        (_answered, _throttled, _unused, _seconds, _credits, _retryAfter) = (0, 0, 0, 0, 0, TimeSpan.Zero);
        return report;
    }
}
