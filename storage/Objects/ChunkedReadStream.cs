using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>Reads an uploaded object chunk by chunk. Holds no connection between chunks, so a slow reader holds nobody up.</summary>
internal sealed class ChunkedReadStream(SqliteReaders readers, string name, Upload upload) : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private long _next;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_rest.IsEmpty && !await AdvanceAsync(cancellationToken)) return 0;
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        if (_next == upload.Chunks) return false;
        _rest = await readers.ReadAsync(reader => reader.Chunk(upload, _next), cancellationToken)
            ?? throw new ObjectStoreException($"{name} was deleted while it was read; read it again if it is back");
        _next++;
        return true;
    }
}
