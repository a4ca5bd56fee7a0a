using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using RailCluster.Evaluation;
using RailCluster.Grains;
using RailCluster.Storage;

namespace RailCluster.Silo;

/// <summary>Makes an Orleans silo a RailCluster silo.</summary>
public static class RailSiloExtensions
{
    /// <summary>
    /// Adds grains' services, placement by role and key, grain storage, and the workers of the silo's roles. The host registers the ports:
    /// <see cref="IObjectStore"/>, <see cref="IModelStore"/> on gpu silos, <see cref="IScorerCatalog"/>. Clustering is the caller's choice. Scorers share
    /// what their services allow through <see cref="IScorerQuota"/>, which is registered here.
    /// </summary>
    public static ISiloBuilder AddRailCluster(this ISiloBuilder silo, SiloSettings settings)
    {
        silo.UseSiloMetadata(SiloRole.Metadata(settings.Name, settings.Roles));
        silo.AddObjectGrainStorageAsDefault();
        silo.Configure<SiloOptions>(options => options.SiloName = settings.Name);
        silo.Configure<SiloMessagingOptions>(options => options.CancelRequestOnTimeout = true);
        silo.Services.AddPlacementFilter<RolePlacementStrategy, RolePlacementDirector>(ServiceLifetime.Singleton);
        silo.Services.AddPlacementFilter<KeyedSiloPlacementStrategy, KeyedSiloPlacementDirector>(ServiceLifetime.Singleton);
        silo.Services.AddGrainServices(settings);
        silo.Services.AddWorkers(settings);
        return silo;
    }

    private static void AddGrainServices(this IServiceCollection services, SiloSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Leases);
        services.AddSingleton(new PoolOptions(settings.Pool));
        services.AddSingleton<SuiteShelf>();
        services.AddSingleton<ScorerExaminer>();
        services.AddSingleton<SideReader>();
        services.AddSingleton<NoiseReader>();
        services.AddSingleton<CollapseKeeper>();
        services.AddSingleton<VerdictJudge>();
        services.AddSingleton<Explainer>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<DeviceBoard>();
        services.AddSingleton<WorkerContext>();
        services.TryAddSingleton<RailMetrics>();
        services.TryAddSingleton<IScorerQuota, ClusterScorerQuota>();
        services.AddSingleton<SentinelKeeper>();
    }

    private static void AddWorkers(this IServiceCollection services, SiloSettings settings)
    {
        if (settings.Has(SiloRole.Score)) services.AddHostedService<ScoringWorker>();
        if (!settings.Has(SiloRole.Gpu)) return;
        services.AddHostedService<FingerprintWorker>();
        foreach (var device in settings.Devices)
            services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<GenerationWorker>(provider, device));
    }
}
