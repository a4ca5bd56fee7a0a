using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RailCluster.Evaluation;
using RailCluster.Silo;
using RailCluster.Storage;

namespace RailCluster.Cli;

/// <summary><c>rail serve</c>: a single-node cluster with embedded storage, until it is told to stop.</summary>
internal static class ServeCommand
{
    public const string DefaultData = "rail-data";

    public static Command Create(Terminal terminal)
    {
        var data = CommandExtensions.Option("--data", "Folder for everything the cluster remembers; one process at a time.", DefaultData);
        var config = new Option<string?>("--config") { Description = "JSON: model_roots, allowed_hosts, cache_folder, cache_bytes, devices, scoring_parallelism, scorers (rail_api, judge, onnx), sentinels_every_seconds, silo_port, gateway_port. Keys of services are in RAIL_API_KEY and RAIL_JUDGE_KEY, or in the files that RAIL_API_KEY_FILE and RAIL_JUDGE_KEY_FILE name." };
        return new Command("serve", "Serves a single-node cluster on this machine. Example: rail serve --data ./rail-data") { data, config }
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var settings = parsed.GetValue(config) is { } file ? ServeSettings.Read(file) : new ServeSettings();
                using var folder = DataFolder.Open(parsed.GetValue(data)!);
                var ports = settings.ToPorts();
                using var host = SingleNode.Build(folder, settings.ToSilo(), ports, Log);
                // A classifier that cannot be loaded is a fault of the configuration.
                var scorers = host.Services.GetRequiredService<IScorerCatalog>();
                foreach (var name in scorers.Names) scorers.Find(name);
                await host.StartAsync(cancellationToken);
                await Endpoint.WriteAsync(folder.Path, ports);
                await terminal.Error.WriteLineAsync($"rail: serving {folder.Path} at 127.0.0.1:{ports.Gateway}; Ctrl-C stops, and the next 'rail serve' goes on where this one stopped");
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
                finally
                {
                    Endpoint.Remove(folder.Path);
                    await host.StopAsync(CancellationToken.None);
                }

                return ExitCodes.Done;
            });
    }

    /// <summary>The log goes to standard error: what is wrong, and what this project says.</summary>
    public static void Log(ILoggingBuilder logging) => logging
        .AddSimpleConsole(options => options.SingleLine = true)
        .AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace)
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("RailCluster", LogLevel.Information)
        // Advice on the garbage collector, and a first check that always sounds an alarm.
        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

    /// <summary>The log of a cluster inside a command: only what is wrong.</summary>
    public static void LogFaults(ILoggingBuilder logging) => logging
        .AddSimpleConsole(options => options.SingleLine = true)
        .AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace)
        .SetMinimumLevel(LogLevel.Error)
        .AddFilter("RailCluster", LogLevel.Error);
}
