using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;
using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

public sealed class ObjectGrainStorageExtensionsTests
{
    [Fact]
    public async Task AddObjectGrainStorage_NamedAndDefault_AreWhatASiloFinds()
    {
        using var temporary = new TemporaryFolder();
        using var folder = DataFolder.Open(temporary.Path);
        await using var store = SqliteObjectStore.Open(folder);
        using var host = new HostBuilder()
            .ConfigureServices(services => services.AddSingleton<IObjectStore>(store))
            .UseOrleans(silo => silo.UseLocalhostClustering().AddObjectGrainStorageAsDefault().AddObjectGrainStorage("rail"))
            .Build();

        Assert.IsType<ObjectGrainStorage>(host.Services.GetRequiredService<IGrainStorage>());
        Assert.IsType<ObjectGrainStorage>(host.Services.GetRequiredKeyedService<IGrainStorage>("Default"));
        Assert.IsType<ObjectGrainStorage>(host.Services.GetRequiredKeyedService<IGrainStorage>("rail"));
    }
}
