using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Evaluation;

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

    /// <summary>
    /// Takes RAIL_MODEL_HOSTS (with commas between), RAIL_MODEL_CACHE, RAIL_MODEL_CACHE_BYTES and RAIL_MODEL_LOOPBACK_HTTP (1 for yes), and the
    /// variables of <see cref="AzureAccess.FromEnvironment"/>.
    /// </summary>
    /// <param name="otherwise">Allowed hosts where RAIL_MODEL_HOSTS is not set.</param>
    /// <exception cref="RailInputException">A variable has no such value.</exception>
    public static ModelDownloadOptions FromEnvironment(ImmutableArray<string> otherwise)
    {
        string? hosts = Environment.GetEnvironmentVariable("RAIL_MODEL_HOSTS"), folder = Environment.GetEnvironmentVariable("RAIL_MODEL_CACHE");
        var options = new ModelDownloadOptions
        {
            AllowedHosts = hosts is null ? otherwise : [.. hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            CacheFolder = folder is { Length: > 0 } ? folder : null,
            AllowLoopbackHttp = Environment.GetEnvironmentVariable("RAIL_MODEL_LOOPBACK_HTTP") == "1",
        };
        if (options.AllowedHosts.FirstOrDefault(host => !IsHost(host)) is { } wrong)
            throw new RailInputException($"RAIL_MODEL_HOSTS: '{wrong}' is no host: write models.example.org, models.example.org:8443, az://account or *");
        if (Environment.GetEnvironmentVariable("RAIL_MODEL_CACHE_BYTES") is not { Length: > 0 } bytes)
            return options;
        return long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out long most) && most > 0
            ? options with { CacheBytes = most }
            : throw new RailInputException($"RAIL_MODEL_CACHE_BYTES {bytes}: is a number of bytes, 1 or more");
    }

    /// <summary>Whether an entry of <see cref="AllowedHosts"/> is written as one; the https port goes without saying, and is not said.</summary>
    public static bool IsHost(string host) =>
        host == "*" || (Uri.TryCreate(host.StartsWith("az://", StringComparison.Ordinal) ? host : $"https://{host}", UriKind.Absolute, out Uri? uri)
            && uri is { AbsolutePath: "/" or "", Query: "", Fragment: "", UserInfo: "" } && !host.EndsWith('/') && !host.EndsWith(":443", StringComparison.Ordinal));

    private static string UserCache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder && Path.IsPathFullyQualified(folder)
        ? folder
        : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
