using System.Collections.Concurrent;
using System.Globalization;

namespace RailCluster.Generation;

/// <summary>Which models of the cache were hashed by this process: each is hashed once, and again after its files were written to.</summary>
internal sealed class VerifiedModels
{
    private readonly ConcurrentDictionary<string, string> _stamps = new(StringComparer.Ordinal);

    /// <summary>Hashes of the files that are not what they were when they were fetched; none for a sound model.</summary>
    public async Task<List<string>> DamagedAsync(CachedModel model, CancellationToken cancellationToken)
    {
        string stamp = Stamp(model);
        if (_stamps.TryGetValue(model.Fingerprint, out string? known) && known == stamp)
            return [];
        List<string> damaged = [];
        foreach (CachedFile file in model.Files)
        {
            string path = Path.Combine(model.Folder, file.Name);
            if (!File.Exists(path) || await ModelFolder.HashAsync(path, cancellationToken).ConfigureAwait(false) != file.Sha256)
                damaged.Add(file.Sha256);
        }

        if (damaged.Count == 0)
            _stamps[model.Fingerprint] = stamp;
        return damaged;
    }

    /// <summary>Takes a model as hashed: its files were while they were fetched.</summary>
    public void Add(CachedModel model) => _stamps[model.Fingerprint] = Stamp(model);

    private static string Stamp(CachedModel model) => string.Join('\n', model.Files.Select(file =>
    {
        var info = new FileInfo(Path.Combine(model.Folder, file.Name));
        return info.Exists ? string.Create(CultureInfo.InvariantCulture, $"{info.Length} {info.LastWriteTimeUtc.Ticks}") : "";
    }));
}
