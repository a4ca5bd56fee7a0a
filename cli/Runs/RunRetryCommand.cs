using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail run retry</c>: reopens exactly what failed.</summary>
internal static class RunRetryCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var step = new Option<int?>("--step") { Description = "Only this step." };
        return cluster.AddTo(new Command("retry", "Does again what failed, and nothing else.") { step }).Does(terminal, async (parsed, cancellationToken) =>
        {
            var key = cluster.Key(parsed);
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            var reopened = await connection.Client.Run(key).RetryAsync(parsed.GetValue(step));
            await terminal.Error.WriteLineAsync(reopened == 0
                ? $"rail: nothing failed in run '{key}'"
                : $"rail: {reopened} {(reopened == 1 ? "step is" : "steps are")} open again; 'rail run watch {key}' follows");
            return ExitCodes.Done;
        });
    }
}
