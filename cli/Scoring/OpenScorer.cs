using Microsoft.Extensions.Logging.Abstractions;
using RailCluster.Evaluation;
using RailCluster.Scoring;
using RailCluster.Storage;

namespace RailCluster.Cli;

/// <summary>The scorer of a command, with the folder that keeps what it scored; disposed of when the command ends.</summary>
internal sealed class OpenScorer : IAsyncDisposable
{
    // Scores are no project's own on a command line: whoever names the folder shares them.
    private const string Scope = "rail";

    private readonly ScorerCatalog _catalog;
    private readonly DataFolder? _folder;
    private readonly SqliteObjectStore? _store;
    private readonly CacheCounts _counts = new();

    private OpenScorer(ScorerCatalog catalog, IRailScorer bare, DataFolder? folder)
    {
        (_catalog, Bare, _folder) = (catalog, bare, folder);
        _store = folder is null ? null : SqliteObjectStore.Open(folder);
        Scorer = _store is null
            ? bare
            : new CachedScorer(bare, _store, Scope, _counts, TimeProvider.System, NullLogger<CachedScorer>.Instance);
    }

    /// <summary>Who scores: through the cache where one is named.</summary>
    public IRailScorer Scorer { get; }

    /// <summary>The same without the cache.</summary>
    public IRailScorer Bare { get; }

    /// <summary>What keeps scores, examinations and references; null where no folder is named, or the scorer asks no service.</summary>
    public IObjectStore? Store => _store;

    /// <summary>Where that is.</summary>
    public string? Folder => _folder?.Path;

    /// <summary>How often the folder had a score, in words; null without one.</summary>
    public string? Hits => _folder is null ? null : $"{_counts.Hits} scores from {_folder.Path}, {_counts.Misses} asked for";

    /// <summary>Why nothing is sent for now; null where it is.</summary>
    public string? Stopped => Bare.Stopped;

    /// <summary>Takes a scorer of a catalogue that is then this one's own.</summary>
    /// <param name="catalog">Has the scorer.</param>
    /// <param name="scorer">The scorer.</param>
    /// <param name="cache">Folder for scores; null for none. Only a scorer that asks a service has use for one.</param>
    /// <exception cref="RailInputException">The folder cannot be used.</exception>
    public static OpenScorer Of(ScorerCatalog catalog, IRailScorer scorer, string? cache)
    {
        var folder = cache is null || !scorer.Traits.IsRemote ? null : DataFolder.Open(cache);
        try
        {
            return new OpenScorer(catalog, scorer, folder);
        }
        catch
        {
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Ends the command where the scorer sends nothing any more: what is missing would only fail.</summary>
    /// <exception cref="IOException">It has stopped.</exception>
    public void ThrowIfStopped()
    {
        if (Stopped is not { } reason) return;
        throw new IOException(Folder is { } kept
            ? $"{reason}; nothing was written, what was scored is kept in {kept}, and the same command goes on from there"
            : $"{reason}; nothing was written; with --score-cache DIR, what is scored is kept for the next time");
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
        _folder?.Dispose();
    }
}
