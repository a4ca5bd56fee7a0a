using System.Collections.Concurrent;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>The suites that this silo works with, read once each. Thread-safe; a suite is known by its content, so nothing goes stale.</summary>
public sealed class SuiteShelf(IObjectStore store)
{
    private const int Most = 32;

    private readonly ConcurrentDictionary<string, OrderedSuite> _suites = new(StringComparer.Ordinal);

    /// <summary>Takes a suite from the shelf or from the store.</summary>
    /// <exception cref="ObjectStoreException">The store does not hold it.</exception>
    public async Task<OrderedSuite> GetAsync(string project, string hash, CancellationToken cancellationToken = default)
    {
        var key = ObjectKeys.Suite(project, hash);
        if (_suites.TryGetValue(key, out var known)) return known;
        if (_suites.Count >= Most) _suites.Clear();
        return _suites[key] = await Task.Run(() => ReadAsync(key, cancellationToken), cancellationToken);
    }

    // Parsing and ordering a large suite is no work for a grain's turn.
    private async Task<OrderedSuite> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var suite = await store.GetRecordAsync<Suite>(key, cancellationToken)
            ?? throw new ObjectStoreException($"the store holds no suite '{key}'; start the run again with its suite");
        return OrderedSuite.Of(suite);
    }
}
