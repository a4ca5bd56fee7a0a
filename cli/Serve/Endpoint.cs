using System.Globalization;
using System.Net;
using System.Text.Json;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Silo;

namespace RailCluster.Cli;

/// <summary>Where a served cluster answers; it stands in the data folder so that <c>rail run</c> finds it.</summary>
internal sealed record Endpoint(string Gateway, int Process)
{
    private const string Name = "endpoint.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Task WriteAsync(string folder, NodePorts ports) => Files.WriteAsync(
        Path.Combine(folder, Name),
        writer => writer.WriteLineAsync(JsonSerializer.Serialize(new Endpoint($"127.0.0.1:{ports.Gateway}", Environment.ProcessId), RailJson.Indented)));

    public static void Remove(string folder) => File.Delete(Path.Combine(folder, Name));

    /// <exception cref="RailInputException">The gateway is not an address and a port.</exception>
    /// <exception cref="TimeoutException">No cluster is served from the folder, or nobody answers.</exception>
    public static async Task<RailConnection> ConnectAsync(string? gateway, string folder, CancellationToken cancellationToken)
    {
        var text = gateway ?? Find(folder);
        if (!IPEndPoint.TryParse(text, out var address) || address.Port == 0)
            throw new RailInputException(string.Create(CultureInfo.InvariantCulture, $"--gateway {text}: write an address and a port, such as 127.0.0.1:30000"));
        return await RailConnection.ConnectAsync(address, SingleNode.ServiceId, Patience, cancellationToken);
    }

    private static string Find(string folder)
    {
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
            throw new TimeoutException($"no cluster is served from {folder}; start one with 'rail serve --data {folder}', or name one with --gateway HOST:PORT");
        return JsonSerializer.Deserialize<Endpoint>(File.ReadAllText(file), RailJson.Options)!.Gateway;
    }
}
