namespace RailCluster.Storage;

/// <summary>A write that waits for the writer, seen from the writer.</summary>
internal abstract class QueuedWrite(long bytes)
{
    /// <summary>About how much it writes.</summary>
    public long Bytes { get; } = bytes;

    /// <summary>Begins it; false where its caller gave up meanwhile.</summary>
    public abstract bool TryBegin();

    /// <summary>Runs it inside the open transaction.</summary>
    public abstract void Apply(SqliteWrites writes);

    /// <summary>Hands its result to the caller: the transaction is committed.</summary>
    public abstract void Succeed();

    /// <summary>Hands a failure to the caller.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>A write with its result.</summary>
internal sealed class QueuedWrite<T>(Func<SqliteWrites, T> write, long bytes, CancellationToken cancellationToken) : QueuedWrite(bytes)
{
    // Callers continue elsewhere: the writer's thread goes on to the next commit.
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Ends when the write is committed, failed or cancelled.</summary>
    public Task<T> Outcome => _outcome.Task;

    public override bool TryBegin() => !cancellationToken.IsCancellationRequested || !_outcome.TrySetCanceled(cancellationToken);

    public override void Apply(SqliteWrites writes) => _result = write(writes);

    public override void Succeed() => _outcome.TrySetResult(_result);

    public override void Fail(Exception fault) => _outcome.TrySetException(fault);
}
