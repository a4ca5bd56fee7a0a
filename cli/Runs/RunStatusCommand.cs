using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Reports;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary><c>rail run status</c>.</summary>
internal static class RunStatusCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var format = CommandExtensions.Format();
        return cluster.AddTo(new Command("status", "Shows how a run stands. Example: rail run status mine") { format }).Does(terminal, async (parsed, cancellationToken) =>
        {
            var key = cluster.Key(parsed);
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            var status = await connection.Client.Run(key).GetStatusAsync();
            if (parsed.GetValue(format) == "json") await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(status, RailJson.Indented));
            else Write(terminal, status);
            return ExitCodes.Done;
        });
    }

    private static void Write(Terminal terminal, RunStatus status)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["step", "state", "shards", "waits for", "verdict"]) table.AddColumn(column);
        table.AddRow(["baseline", .. Cells(status.Baseline)]);
        foreach (var step in status.Steps) table.AddRow([$"{step.Step}", .. Cells(step)]);
        var console = terminal.Tables();
        console.MarkupLine($"run [bold]{status.Run}[/], scorer {Terminal.Safe(status.Spec.Scorer)}, suite {Terminal.Safe(status.Spec.SuiteHash[..12])}");
        console.Write(table);
        foreach (var blind in status.Steps.Select(step => step.Verdict is { } verdict ? ScorerFacts.Blind(verdict) : null).Distinct().OfType<string>())
            console.MarkupLine(Terminal.Safe(blind));
    }

    private static string[] Cells(StepStatus step) =>
    [
        step.State.ToString(),
        $"{step.Settled}/{step.Shards}",
        Terminal.Safe(step.WaitingFor ?? ""),
        Terminal.Safe(step.Verdict?.Headline ?? ""),
    ];
}
