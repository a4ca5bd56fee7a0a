using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Grains;

namespace RailCluster.Silo;

/// <summary>What every worker needs.</summary>
/// <param name="Grains">The cluster.</param>
/// <param name="Pool">The pool it works for.</param>
/// <param name="Rules">How work is lent.</param>
/// <param name="Time">The clock.</param>
/// <param name="Lifetime">Tells when the silo takes part in the cluster.</param>
public sealed record WorkerContext(IGrainFactory Grains, PoolOptions Pool, LeaseRules Rules, TimeProvider Time, IHostApplicationLifetime Lifetime);

/// <summary>Pulls leases and works on them, one batch after another, until the silo stops. Nothing that goes wrong ends it.</summary>
public abstract partial class LeaseWorker(WorkerContext context, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan ShortestIdle = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMilliseconds(500);

    /// <summary>What it needs.</summary>
    protected WorkerContext Context { get; } = context;

    /// <summary>The dispatcher of its pool.</summary>
    protected IDispatcherGrain Dispatcher => Context.Grains.GetGrain<IDispatcherGrain>(Context.Pool.Name);

    /// <summary>Asks for work.</summary>
    protected abstract Task<ImmutableArray<Lease>> PullAsync();

    /// <summary>Does it, ending each lease through the keeper; leases left over are given back.</summary>
    private protected abstract Task WorkAsync(ImmutableArray<Lease> leases, LeaseKeeper keeper);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await StartedAsync(stoppingToken)) return;
        var idle = ShortestIdle;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                idle = await WorkOnceAsync(stoppingToken) ? ShortestIdle : Longer(idle);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(logger, GetType().Name, exception);
                idle = LongestIdle;
            }

            if (idle > ShortestIdle) await Task.Delay(idle, Context.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan idle) => idle * 2 < LongestIdle ? idle * 2 : LongestIdle;

    private async Task<bool> WorkOnceAsync(CancellationToken stopping)
    {
        var leases = await PullAsync();
        if (leases.IsEmpty) return false;
        await using var keeper = new LeaseKeeper(Dispatcher, leases, Context.Rules, Context.Time, logger, stopping);
        await WorkAsync(leases, keeper);
        return true;
    }

    // Background services start beside the silo, not after it: a call before it is active would fail.
    private async Task<bool> StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = Context.Lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var onStopping = stopping.Register(() => started.TrySetCanceled(stopping));
        await ((Task)started.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return started.Task.IsCompletedSuccessfully;
    }

    [LoggerMessage(LogLevel.Error, "{Worker} could not work and tries again")]
    private static partial void LogFailed(ILogger logger, string worker, Exception exception);
}
