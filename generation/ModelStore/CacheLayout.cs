using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Where what lies in the cache folder. <c>blobs/</c> holds each content once, by its SHA-256; <c>models/FINGERPRINT/</c> a model of hard links to
/// blobs; <c>sources/</c> what a remote folder gave last; <c>staging/</c> fetches under way; <c>trash/</c> what is being deleted; <c>locks/</c> locks.
/// </summary>
internal sealed class CacheLayout(string root)
{
    public const string PartSuffix = ".part";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root => root;

    public string Models => Path.Combine(root, "models");

    public string Blobs => Path.Combine(root, "blobs");

    public string Sources => Path.Combine(root, "sources");

    public string AllStaging => Path.Combine(root, "staging");

    public string Trash => Path.Combine(root, "trash");

    /// <summary>Held by whoever changes the cache, for moments.</summary>
    public string CacheLock => Path.Combine(Locks, "cache");

    /// <summary>What a remote folder is called here.</summary>
    public static string KeyOf(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));

    public string Blob(string sha256) => Path.Combine(Blobs, sha256[..2], sha256);

    public string Model(string fingerprint) => Path.Combine(Models, fingerprint);

    public string ModelFiles(string fingerprint) => Path.Combine(Models, fingerprint, "files");

    /// <summary>Says what a model consists of; shared by whoever uses it, and its time is that of the last use.</summary>
    public string Index(string fingerprint) => Path.Combine(Models, fingerprint, "index.json");

    public string Source(string key) => Path.Combine(Sources, key + ".json");

    public string Staging(string key) => Path.Combine(AllStaging, key);

    public string StagingState(string key) => Path.Combine(AllStaging, key, "state.json");

    /// <summary>A file of a fetch that is not whole.</summary>
    public string Part(string key, string name) => Path.Combine(AllStaging, key, KeyOf(name) + PartSuffix);

    public string PartState(string key, string name) => Path.Combine(AllStaging, key, KeyOf(name) + ".json");

    /// <summary>Held by whoever fetches a folder. A bounded number of files serve all folders, so that none has to be deleted.</summary>
    public string SourceLock(string key) => Path.Combine(Locks, key[..3]);

    private string Locks => Path.Combine(root, "locks");

    /// <summary>Makes the folders, for nobody else to write in.</summary>
    /// <exception cref="ModelUnreachableException">There are such folders that are somebody else's.</exception>
    public void Create()
    {
        string[] folders = [Models, Blobs, Sources, AllStaging, Trash];
        // What nothing refers to is deleted from them, and other tools keep folders of these names. The locks come first, so what lies here without them is not ours.
        if (folders.FirstOrDefault(Directory.Exists) is { } strange && !Directory.Exists(Locks))
            throw new ModelUnreachableException($"{strange} belongs to no model cache: name another folder for the cache (cache_folder, RAIL_MODEL_CACHE)");
        foreach (string folder in (string[])[root, Locks, .. folders])
            CreateFolder(folder);
    }

    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }
}
