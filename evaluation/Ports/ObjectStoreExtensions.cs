using System.Runtime.CompilerServices;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Records and marks in an object store.</summary>
public static class ObjectStoreExtensions
{
    /// <summary>Reads a record; null where there is none.</summary>
    /// <exception cref="ObjectStoreException">The object is not such a record.</exception>
    public static async Task<T?> GetRecordAsync<T>(this IObjectStore store, string key, CancellationToken cancellationToken = default)
        where T : class
    {
        var found = await store.GetAsync(key, cancellationToken);
        if (found is null) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(found.Content.Span, RailJson.Options);
        }
        catch (JsonException exception)
        {
            throw new ObjectStoreException($"object '{key}' is not a readable {typeof(T).Name}: {exception.Message}", exception);
        }
    }

    /// <summary>Seals a record: the first to write it wins.</summary>
    /// <returns>Whether this write was the first.</returns>
    public static async Task<bool> SealRecordAsync<T>(this IObjectStore store, string key, T record, CancellationToken cancellationToken = default) =>
        await store.PutIfAbsentAsync(key, Bytes(record), cancellationToken) is not null;

    /// <summary>Writes a record over whatever is there, unless somebody else writes it at the same time.</summary>
    /// <returns>False where somebody else did.</returns>
    public static async Task<bool> ReplaceRecordAsync<T>(this IObjectStore store, string key, T record, CancellationToken cancellationToken = default)
    {
        var found = await store.GetAsync(key, cancellationToken);
        var written = found is null
            ? await store.PutIfAbsentAsync(key, Bytes(record), cancellationToken)
            : await store.PutIfMatchAsync(key, Bytes(record), found.ETag, cancellationToken);
        return written is not null;
    }

    /// <summary>Sets an empty mark; setting it again changes nothing.</summary>
    public static Task MarkAsync(this IObjectStore store, string key, CancellationToken cancellationToken = default) =>
        store.PutIfAbsentAsync(key, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Deletes whatever is there; nothing there is no fault.</summary>
    public static async Task RemoveAsync(this IObjectStore store, string key, CancellationToken cancellationToken = default)
    {
        while (await store.GetAsync(key, cancellationToken) is { } found)
        {
            if (await store.DeleteIfMatchAsync(key, found.ETag, cancellationToken)) return;
        }
    }

    /// <summary>All keys with a prefix, page by page.</summary>
    public static async IAsyncEnumerable<string> ListAllAsync(
        this IObjectStore store,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? continuation = null;
        do
        {
            var page = await store.ListAsync(prefix, continuation, cancellationToken: cancellationToken);
            foreach (var key in page.Keys) yield return key;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }

    private static byte[] Bytes<T>(T record) => JsonSerializer.SerializeToUtf8Bytes(record, RailJson.Options);
}
