namespace RailCluster.Storage;

/// <summary>
/// Writes a stream of any length in chunks, a commit each, so that other writes go on between them. Until the last commit, which adds the
/// object's row, nothing of it is visible; what a crash cuts off is dropped when the file is opened.
/// </summary>
internal static class ChunkedUpload
{
    private const int ChunkSize = 1 << 20;

    /// <summary>Writes the stream where nothing is yet.</summary>
    /// <returns>The version; null where the key is taken.</returns>
    public static async Task<long?> PutAsync(SqliteWriter writer, string key, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkSize];
        var length = await content.ReadAtLeastAsync(buffer, ChunkSize, throwOnEndOfStream: false, cancellationToken);
        if (length < ChunkSize)
            return await writer.WriteAsync(writes => writes.Insert(key, buffer.AsMemory(0, length)), length, cancellationToken);

        var upload = await writer.WriteAsync(writes => writes.Next(), 0, cancellationToken);
        long? version = null;
        try
        {
            for (var number = 0L; length > 0; number++)
            {
                var (chunk, index) = (buffer.AsMemory(0, length), number);
                await writer.WriteAsync(writes => Chunk(writes, upload, index, chunk), length, cancellationToken);
                length = await content.ReadAtLeastAsync(buffer, ChunkSize, throwOnEndOfStream: false, cancellationToken);
            }

            version = await writer.WriteAsync(writes => writes.InsertUpload(key, upload), 0, cancellationToken);
            return version;
        }
        finally
        {
            // The key was taken, or the stream broke off.
            if (version is null) await writer.WriteAsync(writes => Drop(writes, upload), 0, CancellationToken.None);
        }
    }

    private static bool Chunk(SqliteWrites writes, long upload, long number, ReadOnlyMemory<byte> content)
    {
        writes.InsertChunk(upload, number, content);
        return true;
    }

    private static bool Drop(SqliteWrites writes, long upload)
    {
        writes.DropUpload(upload);
        return true;
    }
}
