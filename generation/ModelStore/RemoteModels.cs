using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Models of other machines: fetched once, kept in the cache, and used from there.</summary>
internal sealed class RemoteModels(ModelDownloadOptions options, TimeProvider time)
{
    private readonly AllowedHosts _hosts = new(options.AllowedHosts, options.AllowLoopbackHttp);
    private readonly ModelCache _cache = new(new CacheLayout(options.Cache), options.CacheBytes, time);
    private readonly VerifiedModels _verified = new();

    /// <summary>Opens a model, fetching what is not here; the caller disposes what is held.</summary>
    /// <param name="location">Where it lies.</param>
    /// <param name="expected">Content it must have: what is here of that content is used without asking its server. Null for what is there now.</param>
    /// <param name="cancellationToken">Cancels; what was fetched is kept for the next time.</param>
    /// <exception cref="ModelException">It is gone, changed meanwhile, unusable, or may not be fetched.</exception>
    /// <exception cref="ModelUnreachableException">It may go better another time.</exception>
    public async Task<OpenModel> OpenAsync(ModelLocation location, ModelFingerprint? expected, CancellationToken cancellationToken)
    {
        _hosts.Require(location.Uri);
        try
        {
            return await OpenAllowedAsync(location, expected, cancellationToken).ConfigureAwait(false);
        }
        // A file of the cache, not of the model: its disk is full or broken, or another process was quicker.
        catch (Exception e) when (e is (IOException and not ModelUnreachableException) or UnauthorizedAccessException)
        {
            throw new ModelUnreachableException($"{location}: the model cache {_cache.Layout.Root} is in trouble ({e.Message}): look at its disk and at who may write there", e);
        }
    }

    private async Task<OpenModel> OpenAllowedAsync(ModelLocation location, ModelFingerprint? expected, CancellationToken cancellationToken)
    {
        if (expected is not null && await TryOpenAsync(expected.Hash, location, cancellationToken).ConfigureAwait(false) is { } kept)
            return kept;
        string key = CacheLayout.KeyOf(location.Name);
        _cache.Layout.Create();
        await using FileStream alone = await FileLock.TakeAsync(_cache.Layout.SourceLock(key), cancellationToken).ConfigureAwait(false);
        // Whoever held the lock may have fetched just this.
        if (expected is not null && await TryOpenAsync(expected.Hash, location, cancellationToken).ConfigureAwait(false) is { } fetched)
            return fetched;
        IModelSource source = location.Place == ModelPlace.Azure
            ? new AzureSource(location, _hosts, options, time)
            : new WebSource(location.Uri, _hosts, options, time);
        var patience = new Patience(options, time);
        var server = new FolderServer(source, patience);
        await server.ListAsync(cancellationToken).ConfigureAwait(false);
        SourceRecord? last = CacheRecords.Read<SourceRecord>(_cache.Layout.Source(key));
        if (await TryOpenLastAsync(server, last, location, cancellationToken).ConfigureAwait(false) is { } same)
            return same;
        using var download = new FileDownload(source, patience, _cache, key, location.Name, options, time);
        return await FetchAsync(new FolderFetch(server, download, _cache, key, location.Name), last, key, location, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OpenModel?> TryOpenLastAsync(FolderServer server, SourceRecord? last, ModelLocation location, CancellationToken cancellationToken) =>
        last is { Fingerprint: { } fingerprint } && await server.IsSameAsync(last, cancellationToken).ConfigureAwait(false)
            ? await TryOpenAsync(fingerprint, location, cancellationToken).ConfigureAwait(false)
            : null;

    // A model that is not what it was when it was fetched is dropped, and so fetched again.
    private async Task<OpenModel?> TryOpenAsync(string fingerprint, ModelLocation location, CancellationToken cancellationToken)
    {
        if (await _cache.TryUseAsync(fingerprint, cancellationToken).ConfigureAwait(false) is not { } model)
            return null;
        try
        {
            List<string> damaged = await _verified.DamagedAsync(model, cancellationToken).ConfigureAwait(false);
            if (damaged.Count == 0)
                return Open(model, location);
            await _cache.DropAsync(model, damaged, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private async Task<OpenModel> FetchAsync(FolderFetch fetch, SourceRecord? last, string key, ModelLocation location, CancellationToken cancellationToken)
    {
        try
        {
            await fetch.RunAsync(last, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException e) when (e.Kind is FailureKind.ModelChanged or FailureKind.ModelGone)
        {
            await _cache.AbandonAsync(key, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        ModelFolder folder = OpenFolder(_cache.Assemble(key, fetch.State.Files), location);
        var hashes = fetch.State.Files.ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal);
        ModelFingerprint fingerprint = (await folder.HashAsync(hashes, cancellationToken).ConfigureAwait(false)).Fingerprint;
        (CachedModel model, bool isNew) = await _cache.CommitAsync(key, fetch.State with { Fingerprint = fingerprint.Hash }, cancellationToken).ConfigureAwait(false);
        if (!isNew)
        {
            model.Dispose();
            return await TryOpenAsync(fingerprint.Hash, location, cancellationToken).ConfigureAwait(false)
                ?? throw new ModelUnreachableException($"{location}: what the model cache {_cache.Layout.Root} kept was damaged and is dropped: load the model again");
        }

        // Each of its files was hashed as it came, or before it was taken.
        _verified.Add(model);
        return Open(model, location);
    }

    private OpenModel Open(CachedModel model, ModelLocation location)
    {
        try
        {
            return new OpenModel(OpenFolder(model.Folder, location), model.Files.ToDictionary(file => file.Name, file => file.Sha256, StringComparer.Ordinal), model);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private ModelFolder OpenFolder(string folder, ModelLocation location) =>
        ModelFolder.Open(folder, new ConfinedPath([_cache.Layout.Root]), location.Name);
}

/// <summary>A model folder that is ready to be loaded.</summary>
/// <param name="Folder">Its files.</param>
/// <param name="Known">SHA-256 of its files where they are known, by relative path; null where they must be hashed.</param>
/// <param name="Held">Keeps the folder from being evicted; null where nobody evicts.</param>
internal sealed record OpenModel(ModelFolder Folder, IReadOnlyDictionary<string, string>? Known, IDisposable? Held);
