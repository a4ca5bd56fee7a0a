namespace RailCluster.Services;

/// <summary>What became of one call, for whoever shares the quota.</summary>
/// <param name="WasThrottled">Whether the service called it one too many; null where it said nothing about that.</param>
/// <param name="CreditsSpent">What it cost; null where the service did not say, and the whole reservation counts.</param>
/// <param name="RetryAfter">How long the service asks to be left alone.</param>
public sealed record CallResult(bool? WasThrottled, double? CreditsSpent = null, TimeSpan? RetryAfter = null);

/// <summary>The permission for one call.</summary>
public sealed class CallPass
{
    private Action<CallResult>? _leave;

    internal CallPass(Action<CallResult> leave) => _leave = leave;

    /// <summary>Gives the place back and tells what became of the call; once, and what is said after that is not heard.</summary>
    public void Leave(CallResult result) => Interlocked.Exchange(ref _leave, null)?.Invoke(result);
}
