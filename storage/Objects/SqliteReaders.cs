using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RailCluster.Storage;

/// <summary>Connections for reading, made when needed and kept. Readers never wait for the writer.</summary>
internal sealed class SqliteReaders(string file) : IAsyncDisposable
{
    // More would only share the same disk and cores.
    private const int Most = 8;

    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private bool _closed;

    /// <summary>Reads on a thread of the pool, so that a caller's turn is not held up by a large object.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteObjectStore));
            return await Task.Run(() => Read(read), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < Most; i++) await _free.WaitAsync();
        _closed = true;
        foreach (var reader in _idle) reader.Dispose();
        _free.Release(Most);
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        SqliteReader? reader = null;
        try
        {
            if (!_idle.TryTake(out reader)) reader = new SqliteReader(SqliteSchema.Connect(file, forReading: true), file);
            var result = read(reader);
            _idle.Add(reader);
            return result;
        }
        catch (SqliteException fault)
        {
            reader?.Dispose();
            throw SqliteFaults.Of(file, fault);
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }
}
