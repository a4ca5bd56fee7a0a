using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail run cancel</c>: takes back a run's demands; what other runs ask for goes on.</summary>
internal static class RunCancelCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var step = new Option<int?>("--step") { Description = "Only this step; every open one without it." };
        return cluster.AddTo(new Command("cancel", "Takes back what a run still waits for.") { step }).Does(terminal, async (parsed, cancellationToken) =>
        {
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            await connection.Client.Run(cluster.Key(parsed)).CancelAsync(parsed.GetValue(step));
            return ExitCodes.Done;
        });
    }
}
