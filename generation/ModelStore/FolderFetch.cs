using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// Fetches of a remote folder the files that the engine reads: the small ones first, then the graph, then the weights that the graph names.
/// Its state is on the disk, so another call goes on where this one ends. The caller holds the source's lock.
/// </summary>
internal sealed class FolderFetch(FolderServer server, FileDownload download, ModelCache cache, string key, string folder)
{
    // Configuration and tokenizer are read into memory; the largest known are a tenth of this.
    private const long MostSmallBytes = 256L << 20;

    private SourceRecord _earlier = new(folder, [], []);
    private SourceRecord _state = new(folder, [], []);

    /// <summary>What is fetched so far.</summary>
    public SourceRecord State => _state;

    /// <summary>Fetches what is not here already.</summary>
    /// <param name="last">What the folder gave last; null for never.</param>
    /// <param name="cancellationToken">Cancels; what is here is kept.</param>
    /// <exception cref="ModelException">The folder is gone, changed meanwhile, or is not what it announces.</exception>
    /// <exception cref="ModelUnreachableException">It may go better another time; what is here is kept.</exception>
    public async Task RunAsync(SourceRecord? last, CancellationToken cancellationToken)
    {
        CacheLayout.CreateFolder(cache.Layout.Staging(key));
        _earlier = CacheRecords.Read<SourceRecord>(cache.Layout.StagingState(key)) ?? _earlier;
        _earlier = _earlier with { Files = [.. _earlier.Files.Concat(last?.Files ?? []).DistinctBy(file => file.Name)] };
        bool genai = await GetAsync(FolderLayout.GenaiFiles[0], cancellationToken).ConfigureAwait(false);
        bool whole = await GetAllAsync(genai ? FolderLayout.GenaiFiles : FolderLayout.OptimumFiles, cancellationToken).ConfigureAwait(false);
        if (_state.Files.IsEmpty)
            throw new ModelException(FailureKind.ModelGone, $"{folder} is not there, or holds no model: none of {string.Join(", ", _state.Absent)} is found");
        await GetAllAsync(genai ? FolderLayout.TokenizerExtras : ["generation_config.json", .. FolderLayout.TokenizerExtras], cancellationToken).ConfigureAwait(false);
        // Without its small files a model is refused; then its large ones are not worth the time.
        if (whole && await GetGraphAsync(genai, cancellationToken).ConfigureAwait(false) is { } graph)
            await GetWeightsAsync(graph, cancellationToken).ConfigureAwait(false);
        await ConfirmAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> GetGraphAsync(bool genai, CancellationToken cancellationToken)
    {
        foreach (string name in genai ? GraphOfGenai() : FolderLayout.Graphs)
        {
            if (RemoteName.IsPlain(name) && await GetAsync(name, cancellationToken, long.MaxValue).ConfigureAwait(false))
                return name;
        }

        return !genai && OnlyGraph() is { } only && await GetAsync(only, cancellationToken, long.MaxValue).ConfigureAwait(false) ? only : null;
    }

    // Of a folder that says what it holds.
    private string? OnlyGraph()
    {
        try
        {
            return FolderLayout.OnlyGraph(server.Names.Where(FolderLayout.IsGraph));
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{folder}: {e.Message}", e);
        }
    }

    // Only a name: whatever is wrong with the file is told when the whole folder is looked at.
    private string[] GraphOfGenai()
    {
        try
        {
            using JsonDocument document = JsonFiles.ReadObject(PathOf(FolderLayout.GenaiFiles[0]));
            return JsonFiles.Value(document.RootElement, "model") is { ValueKind: JsonValueKind.Object } model
                && JsonFiles.Value(model, "decoder") is { } decoder && JsonFiles.String(decoder, "filename") is { } name
                ? [name.Replace('\\', '/')]
                : [];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private async Task GetWeightsAsync(string graph, CancellationToken cancellationToken)
    {
        string beside = Path.GetDirectoryName(graph) is { Length: > 0 } parent ? parent + "/" : "";
        IEnumerable<string> locations;
        try
        {
            locations = OnnxGraphReader.Read(PathOf(graph)).External.Keys;
        }
        catch (InvalidDataException)
        {
            return;
        }

        foreach (string location in locations)
        {
            string name = beside + location.Replace('\\', '/');
            if (!RemoteName.IsPlain(name))
                throw new ModelException(FailureKind.ModelUnusable, $"{folder}{graph} {RemoteName.Refusal(name)}: export it again");
            // One that is missing is enough to refuse the model.
            if (!await GetAsync(name, cancellationToken, long.MaxValue).ConfigureAwait(false))
                return;
        }
    }

    private async Task<bool> GetAllAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        bool all = true;
        foreach (string name in names)
            all &= await GetAsync(name, cancellationToken).ConfigureAwait(false);
        return all;
    }

    /// <summary>Gets a file, if there is one of that name.</summary>
    private async Task<bool> GetAsync(string name, CancellationToken cancellationToken, long most = MostSmallBytes)
    {
        if (_state.Files.Any(file => file.Name == name))
            return true;
        if (_state.Absent.Contains(name))
            return false;
        RemoteFile? file = server.Find(name);
        if (file is not null && await TryTakeAsync(file, cancellationToken).ConfigureAwait(false))
            return true;
        CachedFile? fetched = file is null ? null : await FetchAsync(file, most, cancellationToken).ConfigureAwait(false);
        if (fetched is null && file is { Length: not null })
            throw new ModelException(FailureKind.ModelGone, $"{folder}{name} is announced and not there: keep checkpoints until they are done");
        if (fetched is null)
        {
            _state = _state with { Absent = _state.Absent.Add(name) };
            return false;
        }

        await IsSoundAsync(fetched, cancellationToken).ConfigureAwait(false);
        _state = _state with { Files = _state.Files.Add(fetched) };
        await cache.AddAsync(key, Remembered(), fetched, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private Task<CachedFile?> FetchAsync(RemoteFile file, long most, CancellationToken cancellationToken)
    {
        // An older version is not wanted any more, and may have to make room for the newer one.
        _earlier = _earlier with { Files = [.. _earlier.Files.Where(earlier => earlier.Name != file.Name)] };
        CacheRecords.Write(cache.Layout.StagingState(key), Remembered());
        return download.FetchAsync(file, most, cancellationToken);
    }

    // From an earlier fetch of this folder, or from another model that has the same content.
    private async Task<bool> TryTakeAsync(RemoteFile file, CancellationToken cancellationToken)
    {
        CachedFile? earlier = _earlier.Files.FirstOrDefault(one => one.Name == file.Name);
        CachedFile? known = file is { Sha256: { } hash, Length: { } length }
            ? new CachedFile(file.Name, length, file.Tag, hash)
            : earlier is not null && await server.IsSameAsync(earlier, cancellationToken).ConfigureAwait(false) ? earlier : null;
        if (known is null || !await IsSoundAsync(known, cancellationToken).ConfigureAwait(false))
            return false;
        SourceRecord before = _state;
        _state = _state with { Files = _state.Files.Add(known) };
        if (await cache.TryAddKnownAsync(key, Remembered(), known, cancellationToken).ConfigureAwait(false))
            return true;
        _state = before;
        return false;
    }

    // A content that is damaged must not be taken for the one that is fetched.
    private async Task<bool> IsSoundAsync(CachedFile file, CancellationToken cancellationToken)
    {
        string blob = cache.Layout.Blob(file.Sha256);
        if (!File.Exists(blob))
            return false;
        if (await ModelFolder.HashAsync(blob, cancellationToken).ConfigureAwait(false) == file.Sha256)
            return true;
        File.Delete(blob);
        return false;
    }

    // With what an earlier fetch had and this one has not come to yet.
    private SourceRecord Remembered() =>
        _state with { Files = [.. _state.Files, .. _earlier.Files.Where(earlier => _state.Files.All(file => file.Name != earlier.Name))] };

    // A folder that was written while it was read may give files of two versions.
    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        if (server.Lists)
            return;
        foreach (CachedFile file in _state.Files.Where(file => file.Tag is not null))
        {
            if (!await server.IsSameAsync(file, cancellationToken).ConfigureAwait(false))
                throw new ModelException(FailureKind.ModelChanged, $"{folder}{file.Name} changed while the folder was being fetched: submit the model again when its folder is complete");
        }
    }

    private string PathOf(string name) => cache.Layout.Blob(_state.Files.First(file => file.Name == name).Sha256);
}
