using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>
/// Models that were fetched, by content. Any number of processes of one machine share a cache: who changes it holds its lock for that moment,
/// who uses a model shares that model's lock, and what is not whole never lies where it could be used.
/// </summary>
internal sealed class ModelCache(CacheLayout layout, long limit, TimeProvider time)
{
    private readonly CacheRoom _room = new(layout, limit);

    public CacheLayout Layout => layout;

    /// <summary>Begins to use a model; null where it is not here.</summary>
    public async Task<CachedModel?> TryUseAsync(string fingerprint, CancellationToken cancellationToken)
    {
        // It becomes a folder's name.
        if (fingerprint.Length != 64 || !fingerprint.All(char.IsAsciiHexDigitLower))
            return null;
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        return CachedModel.TryOpen(layout, fingerprint, time);
    }

    /// <summary>Makes room for bytes that are about to be fetched.</summary>
    /// <exception cref="RailCluster.Evaluation.ModelException">The model is larger than the cache may be.</exception>
    /// <exception cref="ModelUnreachableException">All that could go is in use.</exception>
    public async Task MakeRoomAsync(long bytes, string key, string shown, CancellationToken cancellationToken)
    {
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        _room.Make(bytes, key, shown);
    }

    /// <summary>Takes in the part of a fetch, which is whole now, and remembers that the fetch has it. A content that is here already stays.</summary>
    public async Task AddAsync(string key, SourceRecord state, CachedFile file, CancellationToken cancellationToken)
    {
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        string blob = layout.Blob(file.Sha256), part = layout.Part(key, file.Name);
        CacheLayout.CreateFolder(Path.GetDirectoryName(blob)!);
        if (File.Exists(blob))
            File.Delete(part);
        else
            File.Move(part, blob);
        File.Delete(layout.PartState(key, file.Name));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(blob, UnixFileMode.UserRead);
        CacheRecords.Write(layout.StagingState(key), state);
    }

    /// <summary>Remembers that a fetch has a content that is here already; false where it is not.</summary>
    public async Task<bool> TryAddKnownAsync(string key, SourceRecord state, CachedFile file, CancellationToken cancellationToken)
    {
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (new FileInfo(layout.Blob(file.Sha256)) is not { Exists: true } blob || blob.Length != file.Length)
            return false;
        CacheRecords.Write(layout.StagingState(key), state);
        return true;
    }

    /// <summary>Gives the files of a fetch their names in a folder that nobody else sees.</summary>
    public string Assemble(string key, ImmutableArray<CachedFile> files)
    {
        string model = Path.Combine(layout.Staging(key), "model"), folder = Path.Combine(model, "files");
        if (Directory.Exists(model))
            Directory.Delete(model, recursive: true);
        CacheLayout.CreateFolder(folder);
        foreach (CachedFile file in files)
        {
            string name = Path.Combine(folder, file.Name);
            CacheLayout.CreateFolder(Path.GetDirectoryName(name)!);
            HardLink.Create(name, layout.Blob(file.Sha256));
        }

        return folder;
    }

    /// <summary>Makes an assembled model visible, all of it at once, and begins to use it; tells whether it is the one that was assembled.</summary>
    public async Task<(CachedModel Model, bool IsNew)> CommitAsync(string key, SourceRecord record, CancellationToken cancellationToken)
    {
        string fingerprint = record.Fingerprint!, folder = layout.Model(fingerprint);
        string model = Path.Combine(layout.Staging(key), "model");
        CacheRecords.Write(Path.Combine(model, "index.json"), record);
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        // The same content from elsewhere is replaced, for what was just fetched is known to be sound; in use, it stays.
        bool isNew = !Directory.Exists(folder) || _room.TryEvict(fingerprint);
        if (isNew)
            Directory.Move(model, folder);
        CacheRecords.Write(layout.Source(key), record);
        _room.Remove(layout.Staging(key));
        CachedModel used = CachedModel.TryOpen(layout, fingerprint, time) ?? throw new ModelUnreachableException($"{folder} cannot be used: delete it");
        return (used, isNew);
    }

    /// <summary>Forgets a fetch.</summary>
    public async Task AbandonAsync(string key, CancellationToken cancellationToken)
    {
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (Directory.Exists(layout.Staging(key)))
            _room.Remove(layout.Staging(key));
        _room.Sweep();
    }

    /// <summary>Drops a model whose files are not what they were, and the contents that are damaged. It is in use here and nowhere else.</summary>
    /// <exception cref="ModelUnreachableException">Somebody else uses it.</exception>
    public async Task DropAsync(CachedModel model, IEnumerable<string> damaged, CancellationToken cancellationToken)
    {
        await using FileStream alone = await LockAsync(cancellationToken).ConfigureAwait(false);
        model.Dispose();
        foreach (string sha256 in damaged)
            File.Delete(layout.Blob(sha256));
        if (Directory.Exists(layout.Model(model.Fingerprint)) && !_room.TryEvict(model.Fingerprint))
            throw new ModelUnreachableException($"{layout.Model(model.Fingerprint)} is damaged, and another process uses it: end that one first");
        _room.Sweep();
    }

    private Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        layout.Create();
        return FileLock.TakeAsync(layout.CacheLock, cancellationToken);
    }
}
