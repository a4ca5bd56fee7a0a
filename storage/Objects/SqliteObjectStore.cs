using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>
/// Objects in one SQLite file of a <see cref="DataFolder"/>: write-ahead log, synchronous commits, one writer that groups what waits.
/// Safe to call from many threads. An ETag is a number that grows with every write and is never given twice.
/// </summary>
public sealed class SqliteObjectStore : IObjectStore, IAsyncDisposable
{
    private const int MostKeys = 5000;

    private readonly string _file;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    private SqliteObjectStore(string file)
    {
        _file = file;
        _writer = SqliteWriter.Open(file);
        _readers = new SqliteReaders(file);
    }

    /// <summary>Opens the folder's object file, creating it where it is missing. Dispose the store before the folder.</summary>
    /// <exception cref="ObjectStoreException">The file is damaged, of a newer version, or cannot be written.</exception>
    public static SqliteObjectStore Open(DataFolder folder) => new(folder.ObjectsFile);

    /// <inheritdoc/>
    public Task<StoredObject?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        return _readers.ReadAsync(reader => reader.Get(key), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        var version = await _writer.WriteAsync(writes => writes.Insert(key, content), content.Length, cancellationToken);
        return ETagOf(version);
    }

    /// <inheritdoc/>
    public async Task<string?> PutIfMatchAsync(
        string key,
        ReadOnlyMemory<byte> content,
        string eTag,
        CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        if (SqliteWrites.VersionOf(eTag) is not { } expected) return null;
        var version = await _writer.WriteAsync(writes => writes.Update(key, content, expected), content.Length, cancellationToken);
        return ETagOf(version);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteIfMatchAsync(string key, string eTag, CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        return SqliteWrites.VersionOf(eTag) is { } expected
            && await _writer.WriteAsync(writes => writes.Delete(key, expected), 0, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ObjectPage> ListAsync(
        string prefix,
        string? continuation = null,
        int pageSize = 1000,
        CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, MostKeys);

        // One key more than asked for tells whether there is another page.
        var keys = await _readers.ReadAsync(reader => reader.List(prefix, continuation ?? "", pageSize + 1), cancellationToken);
        if (keys.Count <= pageSize) return new ObjectPage(keys, null);
        keys.RemoveAt(pageSize);
        return new ObjectPage(keys, keys[^1]);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        return await _readers.ReadAsync(reader => reader.Find(key), cancellationToken) switch
        {
            null => null,
            { Content: { } content } => new MemoryStream(content, writable: false),
            { Upload: var upload } => new ChunkedReadStream(_readers, $"{_file}: object '{key}'", upload!),
        };
    }

    /// <inheritdoc/>
    public async Task<string?> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        ObjectKeyRule.Check(key);
        // Whoever comes second should not write everything first.
        if (await _readers.ReadAsync(reader => reader.Find(key), cancellationToken) is not null) return null;
        var version = await ChunkedUpload.PutAsync(_writer, key, content, cancellationToken);
        return ETagOf(version);
    }

    /// <summary>Commits the writes under way, waits for the reads under way, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _readers.DisposeAsync();
    }

    private static string? ETagOf(long? version) => version is { } known ? SqliteWrites.ETagOf(known) : null;
}
