using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>A file that is in the cache.</summary>
/// <param name="Name">In its model's folder.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Tag">Which version it was where it was fetched; null where the server gave none.</param>
/// <param name="Sha256">Its content.</param>
internal sealed record CachedFile(string Name, long Length, string? Tag, string Sha256);

/// <summary>What is known of a remote folder: of a fetch under way, or of the model that it gave.</summary>
/// <param name="Source">The folder's name, for people.</param>
/// <param name="Files">What was fetched.</param>
/// <param name="Absent">What was asked for and was not there.</param>
/// <param name="Fingerprint">The model; null while the fetch is under way.</param>
internal sealed record SourceRecord(string Source, ImmutableArray<CachedFile> Files, ImmutableArray<string> Absent, string? Fingerprint = null);

/// <summary>A file that is half here: what its first bytes belong to.</summary>
internal sealed record PartRecord(string Name, string? Tag, string? Sha256);

/// <summary>The small files with which the cache remembers; each is replaced whole.</summary>
internal static class CacheRecords
{
    /// <summary>Reads one; null where there is none, or none that can be read: what it told is found out again.</summary>
    public static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), RailJson.Options);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes one beside, and renames it when it is on the disk.</summary>
    public static void Write<T>(string file, T record)
    {
        string beside = file + ".new";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, record, RailJson.Options);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, file, overwrite: true);
    }
}
