using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail run submit</c>.</summary>
internal static class RunSubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var step = CommandExtensions.Required<int>("--step", "The training step, from 1.");
        var model = CommandExtensions.Required<string>("--model", "The checkpoint's model folder, or its URI.");
        var adapter = LocalModels.Adapter();
        var metrics = new TaskMetricOptions("the checkpoint");
        var command = new Command("submit", "Hands in a checkpoint; accepted is durable. Example: rail run submit mine --step 100 --model out/step-100") { step, model, adapter };
        return metrics.AddTo(cluster.AddTo(command))
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var key = cluster.Key(parsed);
                var given = metrics.Read(parsed);
                var submitted = new ModelReference(RunStartCommand.Existing(parsed.GetValue(model)!), ExistingFile(parsed.GetValue(adapter)));
                await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
                var receipt = await connection.Client.Run(key).SubmitCheckpointAsync(parsed.GetValue(step), submitted, given);
                await terminal.Error.WriteLineAsync($"rail: step {receipt.Step} of run '{receipt.Run}' is accepted; 'rail run watch {receipt.Run}' follows it");
                return ExitCodes.Done;
            });
    }

    private static string? ExistingFile(string? adapter)
    {
        if (adapter is not null && !File.Exists(adapter)) throw new RailInputException($"{adapter}: no such adapter file");
        return adapter is null ? null : Path.GetFullPath(adapter);
    }
}
