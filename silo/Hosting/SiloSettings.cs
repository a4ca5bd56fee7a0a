using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Grains;
using RailCluster.Scoring;

namespace RailCluster.Silo;

/// <summary>A device that answers prompts.</summary>
/// <param name="Name">Unique within the silo, such as <c>cpu0</c>.</param>
/// <param name="Slots">Prompts answered at a time.</param>
/// <param name="Threads">Threads of its engine; 0 for the engine's own choice.</param>
/// <param name="Provider"><c>cpu</c>, or <c>cuda</c> in a build for GPUs; all devices of a silo have the same.</param>
/// <param name="Index">Which of the machine's devices of that kind, from 0.</param>
/// <param name="MemoryBytes">Most device memory that the engine may take; 0 for no limit.</param>
public sealed record DeviceSettings(
    string Name, int Slots = 32, int Threads = 0, string Provider = ComputeDevice.Cpu, int Index = 0, long MemoryBytes = 0)
{
    /// <summary>What computes.</summary>
    [JsonIgnore]
    public ComputeDevice Compute => new(Provider, Index, MemoryBytes);

    /// <summary>How a model is loaded onto it.</summary>
    [JsonIgnore]
    public LoadOptions Load => new(Slots, Threads, Compute);
}

/// <summary>What one silo is and has.</summary>
public sealed record SiloSettings
{
    /// <summary>Unique in the cluster.</summary>
    public string Name { get; init; } = "silo";

    /// <summary>Any of <see cref="SiloRole"/>; a single node has them all.</summary>
    public ImmutableArray<string> Roles { get; init; } = [SiloRole.Control, SiloRole.Gpu, SiloRole.Score];

    /// <summary>Devices of a gpu silo.</summary>
    public ImmutableArray<DeviceSettings> Devices { get; init; } = [new DeviceSettings("cpu0")];

    /// <summary>Folders that models are read from; empty for every folder.</summary>
    public ImmutableArray<string> ModelRoots { get; init; } = [];

    /// <summary>From where models of other machines are fetched, and where they are kept; without allowed hosts none are.</summary>
    public ModelDownloadOptions Downloads { get; init; } = new();

    /// <summary>Answers of a shard scored at a time, at most; a scorer that works on fewer is asked for fewer.</summary>
    public int ScoringParallelism { get; init; } = 64;

    /// <summary>How often a scorer that asks a service is looked at for drift while it is at work; no shorter than such a service keeps answers itself.</summary>
    public TimeSpan SentinelsEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The scorers of a score silo beside the rules.</summary>
    public ScorerSettings Scorers { get; init; } = new() { Hints = ScorerHints.Configuration };

    /// <summary>The pool its devices belong to.</summary>
    public string Pool { get; init; } = "default";

    /// <summary>How work is lent.</summary>
    public LeaseRules Leases { get; init; } = new();

    /// <summary>What work the silo asks for, by the beginning of a model's name; empty for all of it.</summary>
    public ImmutableArray<string> ModelClaims => Downloads.AllowedHosts.IsEmpty
        ? ModelRoots
        : [.. ModelRoots.IsEmpty ? ["/"] : ModelRoots, .. Downloads.AllowedHosts.SelectMany(Claims)];

    /// <summary>Whether the silo has a role.</summary>
    public bool Has(string role) => Roles.Contains(role);

    private IEnumerable<string> Claims(string host)
    {
        host = host.ToLowerInvariant();
        if (host.StartsWith("az://", StringComparison.Ordinal)) return [host];
        if (host == "*") return ["https:/", "az:/", .. Downloads.AllowLoopbackHttp ? ["http:/"] : Array.Empty<string>()];
        return [$"https://{host}", .. Downloads.AllowLoopbackHttp ? [$"http://{host}"] : Array.Empty<string>()];
    }
}
