using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using RailCluster.Client;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Grains;
using RailCluster.Scoring;
using RailCluster.Silo;
using RailCluster.Storage;

namespace RailCluster.Cluster.Tests;

/// <summary>Four silos in this process, two of them with a device, on one SQLite store and the real engine.</summary>
internal sealed class RailTestCluster : IAsyncDisposable
{
    // Longer than any pause of a busy machine: no lease runs out unless a test wants it.
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    private readonly DataFolder _data;
    private readonly bool _ownsStore;

    private RailTestCluster(DataFolder data, SqliteObjectStore store, GatedModelStore models, SwitchedScorer scorer, TimeSpan lease, bool ownsStore)
    {
        (_data, Store, Models, Scorer, _ownsStore) = (data, store, models, scorer, ownsStore);
        var started = 0;
        var builder = new InProcessTestClusterBuilder(4);
        builder.Options.ServiceId = SingleNode.ServiceId;
        builder.ConfigureSilo((options, silo) =>
        {
            var roles = started++ < 2 ? (ImmutableArray<string>)[SiloRole.Control, SiloRole.Score] : [SiloRole.Gpu];
            silo.Services.AddSingleton<IObjectStore>(store);
            silo.Services.AddSingleton<IModelStore>(models);
            silo.Services.AddSingleton<IScorerCatalog>(new ScorerCatalog(scorer));
            silo.AddRailCluster(new SiloSettings
            {
                Name = options.SiloName,
                Roles = roles,
                Devices = [new DeviceSettings("cpu0", Slots: 8, Threads: 1)],
                Leases = new LeaseRules { Duration = lease, FirstBackoff = TimeSpan.FromMilliseconds(10) },
                SentinelsEvery = TimeSpan.FromMilliseconds(1),
            });
            if (roles.Contains(SiloRole.Gpu)) GpuSilos.Add(options.SiloName);
        });
        Silos = builder.Build();
    }

    public InProcessTestCluster Silos { get; }

    public List<string> GpuSilos { get; } = [];

    public SqliteObjectStore Store { get; }

    public GatedModelStore Models { get; }

    public SwitchedScorer Scorer { get; }

    public IGrainFactory Grains => Silos.Client;

    public RailClient Client => new(Silos.Client);

    public static async Task<RailTestCluster> StartAsync(TimeSpan? lease = null)
    {
        var data = DataFolder.Open(Directory.CreateTempSubdirectory("rail-cluster-").FullName);
        var models = new GatedModelStore(new OnnxModelStore(new OnnxModelStoreOptions()));
        var cluster = new RailTestCluster(data, SqliteObjectStore.Open(data), models, new SwitchedScorer(new RulesScorer()), lease ?? Patient, ownsStore: true);
        await cluster.Silos.DeployAsync();
        return cluster;
    }

    /// <summary>Ends every silo without a farewell.</summary>
    public async Task CrashAsync()
    {
        foreach (var silo in Silos.Silos.ToList()) await Silos.KillSiloAsync(silo);
    }

    /// <summary>Starts four new silos on the same store.</summary>
    public async Task<RailTestCluster> RestartAsync()
    {
        var next = new RailTestCluster(_data, Store, new GatedModelStore(Models.Inner), Scorer, Patient, ownsStore: false);
        await next.Silos.DeployAsync();
        return next;
    }

    public async ValueTask DisposeAsync()
    {
        Models.Open();
        await Silos.DisposeAsync();
        if (!_ownsStore) return;
        await Store.DisposeAsync();
        _data.Dispose();
        Directory.Delete(_data.Path, recursive: true);
    }
}
