using System.Security.Cryptography;

namespace RailCluster.Generation;

/// <summary>A file that is being fetched, with the hashes of what it holds so far.</summary>
internal sealed class PartFile(string path) : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly FileStream _stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // No protection, but what Azure Blob Storage says of a content.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);

    public long Length => _stream.Length;

    /// <summary>Goes on behind what an earlier fetch left.</summary>
    public async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        _stream.Position = 0;
        for (int read; (read = await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            _sha256.AppendData(buffer, 0, read);
            _md5.AppendData(buffer, 0, read);
        }
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        _sha256.AppendData(bytes.Span);
        _md5.AppendData(bytes.Span);
    }

    /// <summary>Begins anew.</summary>
    public void Restart()
    {
        _stream.SetLength(0);
        _sha256.GetHashAndReset();
        _md5.GetHashAndReset();
    }

    /// <summary>Puts it on the disk and gives its hashes, lower-case hex.</summary>
    public (string Sha256, string Md5) Complete()
    {
        _stream.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(_sha256.GetHashAndReset()), Convert.ToHexStringLower(_md5.GetHashAndReset()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _sha256.Dispose();
        _md5.Dispose();
    }
}
