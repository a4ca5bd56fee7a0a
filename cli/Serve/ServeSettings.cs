using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using RailCluster.Silo;

namespace RailCluster.Cli;

/// <summary>What <c>rail serve --config FILE</c> reads. Everything has a default; what is unknown is an error.</summary>
internal sealed record ServeSettings
{
    private const int SecondsOfADay = 86_400;

    private static readonly JsonSerializerOptions Strict = new(RailJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private ScorerSettings _scorers = new() { Hints = ScorerHints.Configuration };

    public ImmutableArray<string> ModelRoots { get; init; } = [];

    /// <summary>Hosts that models may be fetched from; without it RAIL_MODEL_HOSTS, and else none.</summary>
    public ImmutableArray<string>? AllowedHosts { get; init; }

    public string? CacheFolder { get; init; }

    public long? CacheBytes { get; init; }

    public ImmutableArray<DeviceSettings> Devices { get; init; } = [new("cpu0")];

    public int ScoringParallelism { get; init; } = 64;

    /// <summary>The scorers beside the rules.</summary>
    public ScorerSections? Scorers { get; init; }

    /// <summary>How often a scorer that asks a service is looked at for drift.</summary>
    public double? SentinelsEverySeconds { get; init; }

    public int? SiloPort { get; init; }

    public int? GatewayPort { get; init; }

    /// <exception cref="RailInputException">The file is not such a configuration.</exception>
    public static ServeSettings Read(string file)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<ServeSettings>(Files.ReadText(file), Strict) ?? throw new JsonException("it is empty");
            settings.Check(file);
            return settings;
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{file}:{exception.LineNumber + 1}: is no configuration: {exception.Message}", exception);
        }
    }

    public SiloSettings ToSilo() => new()
    {
        ModelRoots = [.. ModelRoots.Select(Path.GetFullPath)],
        Downloads = ToDownloads(),
        Devices = Devices,
        ScoringParallelism = ScoringParallelism,
        Scorers = _scorers,
        SentinelsEvery = SentinelsEverySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : new SiloSettings().SentinelsEvery,
    };

    // Credentials come from the environment alone: a configuration is shown and copied.
    private ModelDownloadOptions ToDownloads()
    {
        var downloads = ModelDownloadOptions.FromEnvironment(otherwise: []);
        return downloads with
        {
            AllowedHosts = AllowedHosts ?? downloads.AllowedHosts,
            CacheFolder = CacheFolder ?? downloads.CacheFolder,
            CacheBytes = CacheBytes ?? downloads.CacheBytes,
        };
    }

    public NodePorts ToPorts()
    {
        var free = NodePorts.Free();
        return new NodePorts(SiloPort ?? free.Silo, GatewayPort ?? free.Gateway);
    }

    private void Check(string file)
    {
        var errors = new InputErrors();
        if (Devices.IsDefaultOrEmpty) errors.Add($"{file}: devices: names none; leave it out for one CPU device");
        else
        {
            foreach (var device in Devices.Where(device => device.Slots < 1 || device.Threads < 0 || string.IsNullOrWhiteSpace(device.Name) || device.Name.Contains('/')))
                errors.Add($"{file}: devices: '{device.Name}' has a name without '/', 1 or more slots and 0 or more threads");
            if (Devices.DistinctBy(device => device.Name).Count() < Devices.Length) errors.Add($"{file}: devices: names are unique");
            if (Devices.DistinctBy(device => device.Provider).Count() > 1) errors.Add($"{file}: devices: all have one provider, cpu or cuda");
        }

        if (CacheBytes < 1) errors.Add($"{file}: cache_bytes: is 1 or more");
        foreach (var host in AllowedHosts ?? [])
            if (!ModelDownloadOptions.IsHost(host)) errors.Add($"{file}: allowed_hosts: '{host}' is no host: write models.example.org, models.example.org:8443, az://account or *");
        if (Scorers is not null) _scorers = Scorers.ToScorers($"{file}: scorers", errors);
        if (SentinelsEverySeconds is not (null or (>= 1 and <= SecondsOfADay))) errors.Add($"{file}: sentinels_every_seconds: is 1 to {SecondsOfADay}");
        if (ScoringParallelism < 1) errors.Add($"{file}: scoring_parallelism: is 1 or more");
        foreach (var port in (int?[])[SiloPort, GatewayPort])
            if (port is < 1 or > 65535) errors.Add($"{file}: {port} is no port");
        errors.Throw();
    }
}
