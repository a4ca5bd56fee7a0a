namespace RailCluster.Evaluation;

/// <summary>An object as it rests.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ETag">Changes with every write; opaque.</param>
public sealed record StoredObject(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>One page of a listing.</summary>
/// <param name="Keys">In ordinal order.</param>
/// <param name="Continuation">Give it back for the next page; null on the last.</param>
public sealed record ObjectPage(IReadOnlyList<string> Keys, string? Continuation);

/// <summary>
/// Durable objects by key. A write that returned survives any crash; a condition and its write are one step.
/// Keys are 1 to 1,024 characters of printable ASCII without <c>\</c>, <c>//</c>, or <c>.</c> and <c>..</c> as segments.
/// Every failure of the store itself is an <see cref="ObjectStoreException"/>.
/// </summary>
public interface IObjectStore
{
    /// <summary>Reads an object; null where there is none.</summary>
    Task<StoredObject?> GetAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes where nothing is yet. Whoever comes second loses.</summary>
    /// <returns>The new ETag; null where the key is taken and nothing was written.</returns>
    Task<string?> PutIfAbsentAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Replaces exactly the version named.</summary>
    /// <returns>The new ETag; null where the object is gone or another version, and nothing was written.</returns>
    Task<string?> PutIfMatchAsync(string key, ReadOnlyMemory<byte> content, string eTag, CancellationToken cancellationToken = default);

    /// <summary>Deletes exactly the version named.</summary>
    /// <returns>False where the object is gone or another version, and nothing was deleted.</returns>
    Task<bool> DeleteIfMatchAsync(string key, string eTag, CancellationToken cancellationToken = default);

    /// <summary>Lists keys with a prefix in ordinal order.</summary>
    /// <param name="prefix">May be empty.</param>
    /// <param name="continuation">From the page before; null for the first.</param>
    /// <param name="pageSize">1 to 5,000.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    Task<ObjectPage> ListAsync(string prefix, string? continuation = null, int pageSize = 1000, CancellationToken cancellationToken = default);

    /// <summary>Opens a large object for reading; null where there is none. The caller disposes the stream.</summary>
    Task<Stream?> OpenReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes a large object where nothing is yet; it becomes visible whole or not at all.</summary>
    /// <returns>The new ETag; null where the key is taken and nothing was written.</returns>
    Task<string?> PutIfAbsentAsync(string key, Stream content, CancellationToken cancellationToken = default);
}

/// <summary>The store itself failed: the outcome of the call is unknown unless the message says otherwise.</summary>
public sealed class ObjectStoreException : Exception
{
    /// <summary>Creates it with one line for a person and the cause.</summary>
    public ObjectStoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
