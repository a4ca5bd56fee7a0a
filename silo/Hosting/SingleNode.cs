using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using RailCluster.Storage;

namespace RailCluster.Silo;

/// <summary>Where a single node listens.</summary>
/// <param name="Silo">For other silos.</param>
/// <param name="Gateway">For clients.</param>
public sealed record NodePorts(int Silo, int Gateway)
{
    /// <summary>Two ports of the loopback address that nobody listens on.</summary>
    public static NodePorts Free()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return new NodePorts(((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}

/// <summary>A cluster of one silo with every role, on a data folder that is its own.</summary>
public static class SingleNode
{
    /// <summary>The cluster's id and service id: stored state belongs to the service.</summary>
    public const string ServiceId = "rail";

    /// <summary>Builds the host; nothing listens before it is started. The caller keeps the data folder open while it runs.</summary>
    /// <param name="folder">Open data folder.</param>
    /// <param name="settings">What the node is and has.</param>
    /// <param name="ports">Where it listens.</param>
    /// <param name="configureLogging">Where its log goes.</param>
    public static IHost Build(DataFolder folder, SiloSettings settings, NodePorts ports, Action<ILoggingBuilder> configureLogging)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configureLogging(builder.Logging);
        builder.Services.AddSingleton<IObjectStore>(_ => SqliteObjectStore.Open(folder));
        builder.Services.AddSingleton<IModelStore>(_ => new OnnxModelStore(new OnnxModelStoreOptions
        {
            ModelRoots = settings.ModelRoots,
            Downloads = settings.Downloads,
            Device = settings.Devices is [var device, ..] ? device.Compute : new ComputeDevice(),
        }));
        builder.Services.AddSingleton<IScorerCatalog>(services => ScorerCatalog.Create(
            settings.Scorers,
            new ScorerParts(services.GetRequiredService<IScorerQuota>(), TextEncoders.Open, services.GetRequiredService<TimeProvider>())));
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports.Silo, ports.Gateway, serviceId: ServiceId, clusterId: ServiceId);
            silo.Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback);
            silo.AddRailCluster(settings);
        });
        return builder.Build();
    }
}
