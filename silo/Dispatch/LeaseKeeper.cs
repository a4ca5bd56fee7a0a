using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Grains;

namespace RailCluster.Silo;

/// <summary>Keeps a worker's leases alive on a timer of its own and cancels the work once one is lost.</summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private readonly IDispatcherGrain _dispatcher;
    private readonly TimeSpan _every;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenSource _lost;
    private readonly Lock _gate = new();
    private readonly Task _renewing;
    private ImmutableHashSet<LeaseId> _held;

    public LeaseKeeper(
        IDispatcherGrain dispatcher,
        IEnumerable<Lease> leases,
        LeaseRules rules,
        TimeProvider time,
        ILogger logger,
        CancellationToken stopping)
    {
        _dispatcher = dispatcher;
        _every = rules.Duration / 3;
        _time = time;
        _logger = logger;
        _held = [.. leases.Select(lease => lease.Id)];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _renewing = RenewAsync();
    }

    /// <summary>Cancelled once none of the leases is the worker's any more, or the silo stops.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Ends a lease.</summary>
    public async Task CompleteAsync(Lease lease, LeaseResult result, string? error = null)
    {
        lock (_gate) _held = _held.Remove(lease.Id);
        await _dispatcher.CompleteAsync(lease.Id, result, error);
    }

    /// <summary>Stops renewing and gives back what is still held.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        foreach (var id in _held)
        {
            try
            {
                await _dispatcher.CompleteAsync(id, LeaseResult.Returned, null);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // It runs out by itself.
                LogNotReturned(_logger, id.ToString(), exception.Message);
            }
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_every, _time, _stop.Token);
                var gone = await _dispatcher.RenewAsync([.. _held]);
                lock (_gate) _held = _held.Except(gone);
                // Nothing held because all is done is no loss.
                if (!gone.IsEmpty && _held.IsEmpty) await _lost.CancelAsync();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Unknown outcome: the lease may or may not live. Sealing makes finishing the work harmless either way.
                LogNotRenewed(_logger, exception.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Leases could not be renewed: {Reason}")]
    private static partial void LogNotRenewed(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Lease {Lease} could not be given back: {Reason}")]
    private static partial void LogNotReturned(ILogger logger, string lease, string reason);
}
