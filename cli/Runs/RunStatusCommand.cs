using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
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
            if (parsed.GetValue(format) == "json") await terminal.Out.WriteLineAsync(Json(status).ToJsonString(RailJson.Indented));
            else Write(terminal, status);
            return ExitCodes.Done;
        });
    }

    private static JsonObject Json(RunStatus status)
    {
        var json = JsonSerializer.SerializeToNode(status, RailJson.Options)!.AsObject();
        json["onset"] = JsonSerializer.SerializeToNode(RunHistory.Onset(status), RailJson.Options);
        if (RunHistory.Saving(status) is { } saving) json["early_stop"] = JsonSerializer.SerializeToNode(saving, RailJson.Options);
        return json;
    }

    private static void Write(Terminal terminal, RunStatus status)
    {
        var saving = RunHistory.Saving(status);
        var table = new Table { Border = TableBorder.Simple };
        string[] early = saving is null ? [] : ["read", "error rate"];
        foreach (var column in (string[])["step", "state", "shards", .. early, "waits for", "verdict"]) table.AddColumn(column);
        table.AddRow(["baseline", .. Cells(status.Baseline, saving)]);
        if (status.Anchor is { } anchor) table.AddRow(["anchor", .. Cells(anchor, saving)]);
        foreach (var step in status.Steps) table.AddRow([$"{step.Step}", .. Cells(step, saving)]);
        var console = terminal.Tables();
        console.MarkupLine($"run [bold]{status.Run}[/], scorer {Terminal.Safe(status.Spec.Scorer)}, suite {Terminal.Safe(status.Spec.SuiteHash[..12])}");
        console.Write(table);
        foreach (var blind in status.Steps.Select(step => step.Verdict is { } verdict ? ScorerFacts.Blind(verdict) : null).Distinct().OfType<string>())
            console.MarkupLine(Terminal.Safe(blind));
        foreach (var line in RunHistory.Lines(status)) console.MarkupLine(Terminal.Safe(line));
    }

    private static string[] Cells(StepStatus step, EarlyStopSaving? saving) =>
    [
        step.State.ToString(),
        $"{step.Settled}/{step.Shards}",
        .. saving is null ? (string[])[] : [StepReading.Read(step), StepReading.Share(step)],
        Terminal.Safe(step.WaitingFor ?? ""),
        Terminal.Safe(step.Verdict?.Headline ?? ""),
    ];
}
