using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>From where models may be fetched, where they are kept, and how long is waited.</summary>
public sealed record ModelDownloadOptions
{
    /// <summary>
    /// Hosts that models and redirects may come from: <c>host</c> for its https port, <c>host:port</c>, <c>az://account</c> for an account of
    /// Azure Blob Storage, <c>*</c> for all. Empty for none: a store fetches nothing that nobody allowed.
    /// </summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether <c>http:</c> is spoken with the loopback address; never with another.</summary>
    public bool AllowLoopbackHttp { get; init; }

    /// <summary>Where fetched models are kept; null for <c>rail/models</c> in the user's cache folder.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Bytes that the cache may hold; a model that is larger is refused.</summary>
    public long CacheBytes { get; init; } = 100L << 30;

    /// <summary>How Azure Blob Storage is read.</summary>
    public AzureAccess Azure { get; init; } = AzureAccess.FromEnvironment();

    /// <summary>How long a server may take to begin an answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a download may go on without a byte.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests in a row that may fail, after the first, before a download is given up.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Pause after a failed request; doubled each time, with jitter, or what the server asks for.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause, whatever a server asks for.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary><see cref="CacheFolder"/>, or the default.</summary>
    internal string Cache => Path.GetFullPath(CacheFolder ?? Path.Combine(UserCache(), "rail", "models"));

    private static string UserCache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder)
        ? folder
        : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
