using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
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
        var metrics = new Option<string[]>("--task-metric") { Description = "NAME=NUMBER, higher is better; NAME=-NUMBER… with --lower-is-better. May be given again." };
        var lower = new Option<bool>("--lower-is-better") { Description = "The task metrics given are better when lower." };
        return cluster.AddTo(new Command("submit", "Hands in a checkpoint; accepted is durable. Example: rail run submit mine --step 100 --model out/step-100") { step, model, adapter, metrics, lower })
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var key = cluster.Key(parsed);
                var given = (parsed.GetValue(metrics) ?? []).Select(text => Metric(text, !parsed.GetValue(lower))).ToImmutableArray();
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

    private static TaskMetric Metric(string text, bool higherIsBetter) =>
        text.Split('=') is [{ Length: > 0 } name, var number]
        && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? new TaskMetric(name, value, higherIsBetter)
            : throw new RailInputException($"--task-metric {text}: write NAME=NUMBER");
}
