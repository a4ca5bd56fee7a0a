using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace RailCluster.Client;

/// <summary>A connection to a cluster through its gateway. Disposing it ends the connection.</summary>
public sealed class RailConnection : IAsyncDisposable
{
    private readonly IHost _host;

    private RailConnection(IHost host, RailClient client) => (_host, Client) = (host, client);

    /// <summary>The cluster.</summary>
    public RailClient Client { get; }

    /// <summary>Connects.</summary>
    /// <param name="gateway">Address and port of a gateway.</param>
    /// <param name="clusterId">The cluster's id, which is its service's too.</param>
    /// <param name="timeout">How long to try.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">Nobody answered; the message names the gateway.</exception>
    public static async Task<RailConnection> ConnectAsync(IPEndPoint gateway, string clusterId, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(gateway);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, clusterId));
        });
        var host = builder.Build();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            await host.StartAsync(deadline.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            host.Dispose();
            throw new TimeoutException($"no cluster answers at {gateway}; start one with 'rail serve', or name another with --gateway", exception);
        }

        return new RailConnection(host, new RailClient((IGrainFactory)host.Services.GetService(typeof(IClusterClient))!));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
