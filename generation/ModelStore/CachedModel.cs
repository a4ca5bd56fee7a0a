using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>A model of the cache in use: while this is open, in whatever process of this machine, it is not evicted.</summary>
internal sealed class CachedModel : IDisposable
{
    private readonly string _index;
    private readonly FileStream _use;
    private readonly TimeProvider _time;
    private bool _disposed;

    private CachedModel(CacheLayout layout, string fingerprint, ImmutableArray<CachedFile> files, FileStream use, TimeProvider time)
    {
        (Fingerprint, Folder, Files) = (fingerprint, layout.ModelFiles(fingerprint), files);
        (_index, _use, _time) = (layout.Index(fingerprint), use, time);
        Touch();
    }

    /// <summary>Its content.</summary>
    public string Fingerprint { get; }

    /// <summary>The folder that the engine reads.</summary>
    public string Folder { get; }

    /// <summary>What it consists of.</summary>
    public ImmutableArray<CachedFile> Files { get; }

    /// <summary>Begins to use a model; null where it is not there or its index cannot be read. Only under the cache's lock.</summary>
    public static CachedModel? TryOpen(CacheLayout layout, string fingerprint, TimeProvider time)
    {
        string index = layout.Index(fingerprint);
        if (!File.Exists(index) || FileLock.TryShare(index) is not { } use)
            return null;
        if (CacheRecords.Read<SourceRecord>(index) is not { } record)
        {
            use.Dispose();
            return null;
        }

        return new CachedModel(layout, fingerprint, record.Files, use, time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Touch();
        _use.Dispose();
    }

    // A damaged model may have been dropped meanwhile.
    private void Touch()
    {
        if (File.Exists(_index))
            File.SetLastWriteTimeUtc(_index, _time.GetUtcNow().UtcDateTime);
    }
}
