using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>What became of one call, for whoever shares the quota.</summary>
/// <param name="WasThrottled">Whether the service called it one too many; null where it said nothing about that.</param>
/// <param name="CreditsSpent">What it cost; null where the service did not say, and the whole reservation counts.</param>
/// <param name="RetryAfter">How long the service asks to be left alone.</param>
public sealed record CallResult(bool? WasThrottled, double? CreditsSpent = null, TimeSpan? RetryAfter = null);

/// <summary>Lets calls to a service through one by one, within what all who share its key may do together.</summary>
/// <param name="quota">The account: the scorer and a hash of the key, never the key.</param>
/// <param name="limits">The limits as configured.</param>
/// <param name="source">The account's keeper.</param>
/// <param name="time">The clock.</param>
public sealed class CallPacer(string quota, QuotaLimits limits, IScorerQuota source, TimeProvider time)
{
    private readonly ConcurrencyGate _gate = new(limits.InFlight);

    /// <summary>Waits until a call may be sent. Whoever enters leaves, whatever becomes of the call.</summary>
    /// <param name="credits">What it may cost; 0 where nothing is charged.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="EndpointException">A cap is reached: <see cref="FaultKind.Fatal"/>, with the cap's name.</exception>
    public async Task<CallPass> EnterAsync(double credits, CancellationToken cancellationToken)
    {
        var pass = await _gate.EnterAsync(order: 0, cancellationToken).ConfigureAwait(false);
        try
        {
            await AdmitAsync(credits, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _gate.Leave(pass, throttled: null);
            throw;
        }

        return new CallPass(result => _gate.Leave(pass, result.WasThrottled));
    }

    private async Task AdmitAsync(double credits, CancellationToken cancellationToken)
    {
        var nothing = new QuotaReport(0, 0, 0, 0, 0, 0);
        while (true)
        {
            switch (await source.TakeAsync(quota, new QuotaAsk(Environment.MachineName, 1, credits, limits, nothing), cancellationToken).ConfigureAwait(false))
            {
                case QuotaGrant.Exhausted exhausted:
                    throw new EndpointException(FaultKind.Fatal, exhausted.Reason);
                case QuotaGrant.Granted granted:
                    await Task.Delay(granted.Wait, time, cancellationToken).ConfigureAwait(false);
                    if (granted.Calls > 0) return;
                    break;
            }
        }
    }
}

/// <summary>The permission for one call.</summary>
public sealed class CallPass
{
    private readonly Action<CallResult> _leave;

    internal CallPass(Action<CallResult> leave) => _leave = leave;

    /// <summary>Gives the place back and tells what became of the call; once.</summary>
    public void Leave(CallResult result) => _leave(result);
}
