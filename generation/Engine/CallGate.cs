namespace RailCluster.Generation;

/// <summary>
/// Lets one call at a time into a generator. Closing stops what has begun and waits for it, and nothing begins after it. Safe to share between threads.
/// </summary>
/// <param name="owner">The generator, for the error that a call after closing gets.</param>
internal sealed class CallGate(object owner) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _work = Task.CompletedTask;
    private bool _busy;
    private bool _closed;

    /// <summary>Cancelled by whoever stops this call, and by closing; the caller disposes of it.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public CancellationTokenSource Link(CancellationToken cancellationToken) => CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);

    /// <summary>Begins a call; <see cref="End"/> must follow.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Task Begin(Func<Task> work) => Enter(() => Task.Run(work));

    /// <summary>Begins a call on a thread of its own, since it computes for long.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public Task Begin(Action work) =>
        Enter(() => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    /// <summary>Makes room for the next call.</summary>
    public void End()
    {
        lock (_lock)
            _busy = false;
    }

    /// <summary>Stops what has begun and waits for it.</summary>
    /// <returns>False where it was closed before.</returns>
    public async Task<bool> CloseAsync()
    {
        Task work;
        lock (_lock)
        {
            if (_closed)
                return false;
            _closed = true;
            work = _work;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _closing.Dispose();

    private Task Enter(Func<Task> start)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            if (_busy)
                throw new InvalidOperationException("The generator is busy with another call: calls do not overlap.");
            _work = start();
            _busy = true;
            return _work;
        }
    }
}
