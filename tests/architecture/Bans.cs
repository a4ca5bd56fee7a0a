namespace RailCluster.Architecture.Tests;

/// <summary>What a project's code may not touch, by namespace, type or member; an entry ending in '*' stands for all that begin so.</summary>
internal static class Bans
{
    private static readonly string[] Network = ["System.Net.Http*", "System.Net.Sockets*", "System.Net.WebSockets*", "Microsoft.AspNetCore*"];

    private static readonly string[] Engines = ["Microsoft.ML*", "TorchSharp*", "Microsoft.ML.OnnxRuntime*"];

    private static readonly string[] Clouds = ["Azure*", "Amazon*", "Google.Cloud*", "Npgsql*", "StackExchange.Redis*", "Microsoft.Data.Sqlite*"];

    private static readonly string[] Pictures = ["ScottPlot*", "SkiaSharp*", "Parquet*", "Spectre.Console*"];

    private static readonly string[] Files =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.StreamWriter", "System.IO.RandomAccess", "System.IO.MemoryMappedFiles*", "System.IO.Pipes*",
    ];

    // Reading what a person names is evaluation's work; changing anything is not.
    private static readonly string[] Writing =
    [
        "System.IO.File.Write*", "System.IO.File.Append*", "System.IO.File.Create*", "System.IO.File.Delete", "System.IO.File.Move",
        "System.IO.File.Copy", "System.IO.File.Replace", "System.IO.File.Open", "System.IO.File.OpenWrite", "System.IO.File.Set*",
        "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.StreamWriter",
    ];

    private static readonly string[] Processes = ["System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo"];

    /// <summary>The bans of every project that has some.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>
    {
        ["contracts"] = [.. Files, .. Network, .. Engines, .. Clouds, .. Pictures, .. Processes, "System.Console"],
        // Parquet: for the importers alone, which BanTests holds to their folder.
        ["evaluation"] = [.. Writing, .. Network, .. Engines, .. Clouds, .. Pictures.Except(["Parquet*"]), .. Processes, "System.Console", "Orleans.Runtime*", "Orleans.Hosting*"],
        ["grains"] = [.. Files, .. Network, .. Engines, .. Clouds, .. Pictures, .. Processes, "System.Console"],
        // Azure: for the model store alone, which BanTests holds to its folder.
        ["generation"] = [.. Clouds.Except(["Azure*"]), .. Pictures, .. Processes, "TorchSharp*", "Orleans.Hosting*", "System.Console"],
        // A mounted secret is read; nothing is written.
        ["services"] = [.. Clouds, .. Engines, .. Writing, .. Pictures, .. Processes, "Orleans.Hosting*", "System.Console"],
        ["scoring"] = [.. Clouds, .. Pictures, .. Processes, "TorchSharp*", "Orleans.Hosting*", "System.Console"],
        ["storage"] = [.. Engines, .. Pictures, .. Processes, "System.Console"],
        ["reports"] = [.. Engines, .. Clouds, .. Network, .. Processes, "Orleans.Hosting*", "System.Console"],
        ["client"] = [.. Engines, .. Clouds, .. Pictures, .. Processes, "Orleans.Hosting.ISiloBuilder", "Orleans.Hosting.SiloHostBuilder*", "System.Console"],
        ["silo"] = ["TorchSharp*", .. Pictures],
        ["cli"] = ["TorchSharp*"],
    };

    /// <summary>What of <paramref name="uses"/> is banned, sorted.</summary>
    public static IEnumerable<string> Broken(IEnumerable<string> uses, IReadOnlyCollection<string> bans) =>
        uses.Where(use => bans.Any(ban => Matches(use, ban))).Order(StringComparer.Ordinal);

    private static bool Matches(string use, string ban) => ban.EndsWith('*')
        ? use.StartsWith(ban[..^1], StringComparison.Ordinal)
        : use == ban || use.StartsWith(ban + ".", StringComparison.Ordinal);
}
