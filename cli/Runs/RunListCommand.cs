using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail run list</c>.</summary>
internal static class RunListCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var project = CommandExtensions.Option("--project", "Whose runs.", "default");
        return cluster.AddTo(new Command("list", "Lists the runs of a project, one a line.") { project }, run: false).Does(terminal, async (parsed, cancellationToken) =>
        {
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            foreach (var run in await connection.Client.ListRunsAsync(parsed.GetValue(project)!)) await terminal.Out.WriteLineAsync(run);
            return ExitCodes.Done;
        });
    }
}
