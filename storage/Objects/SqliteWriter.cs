using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>
/// The one writer of an object file. Writes wait in a bounded queue; whatever waits when a commit ends goes into the next one together,
/// and each caller hears of its own write after the commit that holds it.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int QueueLength = 1024;
    private const int MostWrites = 256;

    // Bounds the write-ahead log that one commit adds, and with it the wait of small writes behind large ones.
    private const long MostBytes = 16 << 20;

    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteWrites _writes;
    private readonly Channel<QueuedWrite> _queue = Channel.CreateBounded<QueuedWrite>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Task _loop;

    private SqliteWriter(string file, SqliteConnection connection)
    {
        _file = file;
        _connection = connection;
        _writes = new SqliteWrites(connection);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Opens the file, creating it where it is missing.</summary>
    /// <exception cref="ObjectStoreException">The file cannot be used.</exception>
    public static SqliteWriter Open(string file)
    {
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteSchema.Connect(file, forReading: false);
            SqliteSchema.Prepare(connection, file);
            return new SqliteWriter(file, connection);
        }
        catch (SqliteException fault)
        {
            connection?.Dispose();
            throw SqliteFaults.Of(file, fault);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Queues a write and waits for the commit that holds it.</summary>
    /// <param name="write">Runs inside the transaction; may run a second time when a neighbour in the same transaction fails.</param>
    /// <param name="bytes">About how much it writes.</param>
    /// <param name="cancellationToken">Cancels the write while it still waits; from then on its outcome is awaited.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteWrites, T> write, long bytes, CancellationToken cancellationToken)
    {
        var queued = new QueuedWrite<T>(write, bytes, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(queued, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteObjectStore), $"{_file}: the object store is closed");
        }

        return await queued.Outcome;
    }

    /// <summary>Commits what is queued and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _writes.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<QueuedWrite>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var bytes = 0L;
            while (batch.Count < MostWrites && bytes < MostBytes && _queue.Reader.TryRead(out var write))
            {
                if (!write.TryBegin()) continue;
                bytes += write.Bytes;
                batch.Add(write);
            }

            Commit(batch);
        }
    }

    private void Commit(List<QueuedWrite> batch)
    {
        if (batch.Count == 0 || TryCommit(batch, out var fault)) return;
        if (batch.Count == 1)
        {
            batch[0].Fail(fault);
            return;
        }

        // A transaction fails as a whole; alone, each write gets the outcome that is its own.
        foreach (var write in batch) Commit([write]);
    }

    private bool TryCommit(List<QueuedWrite> batch, out Exception fault)
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _writes.Transaction = transaction;
            foreach (var write in batch) write.Apply(_writes);
            _writes.SaveSequence();
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            fault = SqliteFaults.Of(_file, e);
            return false;
        }
#pragma warning disable CA1031 // Every caller must hear of its write, whatever went wrong.
        catch (Exception e)
#pragma warning restore CA1031
        {
            fault = new ObjectStoreException($"{_file}: the write failed ({OneLine.Of(e)}); nothing was written", e);
            return false;
        }

        foreach (var write in batch) write.Succeed();
        fault = null!;
        return true;
    }
}
