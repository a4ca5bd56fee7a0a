using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace RailCluster.Storage;

/// <summary>Registers <see cref="ObjectGrainStorage"/>.</summary>
public static class ObjectGrainStorageExtensions
{
    /// <summary>Adds grain storage of that name on the <see cref="Evaluation.IObjectStore"/> that the services hold.</summary>
    public static ISiloBuilder AddObjectGrainStorage(this ISiloBuilder builder, string name)
    {
        builder.Services.AddGrainStorage(name, (services, _) => ActivatorUtilities.CreateInstance<ObjectGrainStorage>(services));
        return builder;
    }

    /// <summary>As <see cref="AddObjectGrainStorage"/>, for grains that name no storage.</summary>
    public static ISiloBuilder AddObjectGrainStorageAsDefault(this ISiloBuilder builder) =>
        builder.AddObjectGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
}
