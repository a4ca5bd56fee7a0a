using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>What a remote folder holds now, asked with patience.</summary>
internal sealed class FolderServer(IModelSource source, Patience patience)
{
    private ImmutableDictionary<string, RemoteFile>? _listed;

    /// <summary>Whether the folder says what it holds; else its files are asked for by name.</summary>
    public bool Lists => _listed is not null;

    /// <summary>What it holds, as far as it says.</summary>
    public IEnumerable<string> Names => _listed?.Keys ?? [];

    /// <summary>Reads the listing, where there is one.</summary>
    public async Task ListAsync(CancellationToken cancellationToken) =>
        _listed = await patience.RunAsync(source.ListAsync, cancellationToken).ConfigureAwait(false);

    /// <summary>A file to be asked for; null where the listing has none of that name.</summary>
    public RemoteFile? Find(string name) => _listed is null ? new RemoteFile(name) : _listed.GetValueOrDefault(name);

    /// <summary>Whether a folder is still what it was, as far as its server tells.</summary>
    public async Task<bool> IsSameAsync(SourceRecord record, CancellationToken cancellationToken)
    {
        foreach (CachedFile file in record.Files)
        {
            if (!await IsSameAsync(file, cancellationToken).ConfigureAwait(false))
                return false;
        }

        foreach (string name in record.Absent)
        {
            if (await IsThereAsync(name, cancellationToken).ConfigureAwait(false))
                return false;
        }

        return true;
    }

    /// <summary>Whether a file is still the version that was fetched, as far as its server tells.</summary>
    public async Task<bool> IsSameAsync(CachedFile file, CancellationToken cancellationToken)
    {
        if (_listed is not null)
            return _listed.TryGetValue(file.Name, out RemoteFile? listed) && (listed.Sha256 is { } hash ? hash == file.Sha256 : listed.Tag is not null && listed.Tag == file.Tag);
        var asked = new RemoteFile(file.Name, file.Length, file.Tag);
        return await patience.RunAsync(token => source.IsSameAsync(asked, token), cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsThereAsync(string name, CancellationToken cancellationToken)
    {
        if (_listed is not null)
            return _listed.ContainsKey(name);
        await using RemoteContent? content = await patience.RunAsync(token => source.OpenAsync(new RemoteFile(name), 0, token), cancellationToken).ConfigureAwait(false);
        return content is not null;
    }
}
