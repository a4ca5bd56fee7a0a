using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Keeps the cache within its size: what was not used for the longest time goes first, and what is in use stays. Only under the cache's lock.</summary>
internal sealed class CacheRoom(CacheLayout layout, long limit)
{
    /// <summary>Makes room for more bytes of a fetch.</summary>
    /// <exception cref="ModelException">The model is larger than the whole cache.</exception>
    /// <exception cref="ModelUnreachableException">All that could go is in use, or the disk is full.</exception>
    public void Make(long bytes, string ownKey, string shown)
    {
        // No sums with a length that a server made up: it may be any.
        long here = PartBytes(ownKey) + (CacheRecords.Read<SourceRecord>(layout.StagingState(ownKey))?.Files.Sum(file => file.Length) ?? 0);
        if (bytes > limit - here)
            throw new ModelException(FailureKind.ModelUnusable, $"{shown} needs {bytes} bytes more, and the model cache holds {limit}: allow it more bytes");
        Sweep();
        while (bytes > limit - Used())
        {
            if (!EvictOldest())
                throw new ModelUnreachableException(
                    $"{shown}: the model cache {layout.Root} is full of models in use ({Used()} of {limit} bytes): allow it more bytes, or wait for one to end");
            Sweep();
        }

        if (new DriveInfo(layout.Root).AvailableFreeSpace < bytes)
            throw new ModelUnreachableException($"{shown}: the disk of the model cache {layout.Root} has no room for {bytes} bytes more: free some");
    }

    /// <summary>Takes a model out of the cache. Whoever has its files open keeps what is open.</summary>
    public void Remove(string folder)
    {
        string gone = Path.Combine(layout.Trash, Guid.NewGuid().ToString("N"));
        Directory.Move(folder, gone);
        Directory.Delete(gone, recursive: true);
    }

    /// <summary>Takes a model out of the cache, unless somebody uses it.</summary>
    public bool TryEvict(string fingerprint)
    {
        if (FileLock.TryTake(layout.Index(fingerprint)) is not { } alone)
            return false;
        // Let go of before the folder moves, as Windows wants it. Nobody can begin to use the model now: that needs the cache's lock.
        alone.Dispose();
        Remove(layout.Model(fingerprint));
        return true;
    }

    /// <summary>Deletes what nothing refers to any more: what a crash or an eviction left behind.</summary>
    public void Sweep()
    {
        foreach (string gone in Directory.EnumerateDirectories(layout.Trash))
            Directory.Delete(gone, recursive: true);
        HashSet<string> wanted = Wanted();
        foreach (FileInfo blob in AllBlobs().Where(blob => !wanted.Contains(blob.Name)))
            blob.Delete();
        foreach (string source in Directory.EnumerateFiles(layout.Sources, "*.json"))
        {
            if (CacheRecords.Read<SourceRecord>(source)?.Fingerprint is not { } fingerprint || !Directory.Exists(layout.Model(fingerprint)))
                File.Delete(source);
        }
    }

    /// <summary>Bytes on the disk; a content that several models share counts once.</summary>
    public long Used() => AllBlobs().Sum(blob => blob.Length) + Keys(layout.AllStaging).Sum(PartBytes);

    private HashSet<string> Wanted()
    {
        IEnumerable<string> records = Keys(layout.Models).Select(layout.Index).Concat(Keys(layout.AllStaging).Select(layout.StagingState));
        return [.. records.SelectMany(record => CacheRecords.Read<SourceRecord>(record)?.Files ?? []).Select(file => file.Sha256)];
    }

    private bool EvictOldest()
    {
        IEnumerable<(DateTime Used, string Folder, Func<bool> Evict)> models =
            Keys(layout.Models).Select(model => (File.GetLastWriteTimeUtc(layout.Index(model)), layout.Model(model), (Func<bool>)(() => TryEvict(model))));
        IEnumerable<(DateTime Used, string Folder, Func<bool> Evict)> fetches =
            Keys(layout.AllStaging).Select(key => (Directory.GetLastWriteTimeUtc(layout.Staging(key)), layout.Staging(key), (Func<bool>)(() => TryEvictFetch(key))));
        return models.Concat(fetches).OrderBy(one => one.Used).ThenBy(one => one.Folder, StringComparer.Ordinal).Any(one => one.Evict());
    }

    // What broke off and was not taken up again.
    private bool TryEvictFetch(string key)
    {
        using FileStream? alone = FileLock.TryTake(layout.SourceLock(key));
        if (alone is null)
            return false;
        Remove(layout.Staging(key));
        return true;
    }

    private long PartBytes(string key) => new DirectoryInfo(layout.Staging(key)).EnumerateFiles("*" + CacheLayout.PartSuffix).Sum(part => part.Length);

    // No links: what they lead to is not the cache's.
    private IEnumerable<FileInfo> AllBlobs() => new DirectoryInfo(layout.Blobs).EnumerateFiles(
        "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint });

    private static ImmutableArray<string> Keys(string folder) => [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path))];
}
