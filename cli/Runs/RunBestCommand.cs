using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary><c>rail run best</c>: the steps that no other beats, in safety and in the trainer's own figures.</summary>
internal static class RunBestCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var format = CommandExtensions.Format();
        var command = new Command("best", "Shows which steps no other beats in safety margin and task metrics. Example: rail run best mine") { format };
        return cluster.AddTo(command).Does(terminal, async (parsed, cancellationToken) =>
        {
            var key = cluster.Key(parsed);
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            var run = await connection.Client.Run(key).GetStatusAsync();
            var steps = ParetoFront.Of(run);
            var best = steps.Where(step => step.IsBest).Select(step => step.Step).ToImmutableArray();
            if (parsed.GetValue(format) == "json") await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(new Ranking(key.ToString(), best, steps), RailJson.Indented));
            else await WriteAsync(terminal, run, steps, best);
            return ExitCodes.Done;
        });
    }

    private static async Task WriteAsync(Terminal terminal, RunStatus run, ImmutableArray<RankedStep> steps, ImmutableArray<int> best)
    {
        if (!steps.IsEmpty) terminal.Tables().Write(Ranked(run, steps));
        await terminal.Out.WriteLineAsync(
            steps.IsEmpty ? $"no step of run '{run.Run}' has a verdict yet"
            : best.IsEmpty ? $"no step of run '{run.Run}' passed: none is recommended"
            : $"best: {(best.Length == 1 ? "step" : "steps")} {string.Join(", ", best)}; every other step blocks, was not judged, or is beaten in one thing and better in none");
    }

    private static Table Ranked(RunStatus run, ImmutableArray<RankedStep> steps)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["step", "verdict", "tolerance left", "task metrics", ""]) table.AddColumn(column);
        foreach (var step in steps)
        {
            table.AddRow(
                $"{step.Step}",
                $"{step.Outcome}",
                step.Margin is { } margin ? string.Create(CultureInfo.InvariantCulture, $"{100 * margin:0;−0} %") : "–",
                Terminal.Safe(string.Join("; ", TaskChanges.Of(run.Spec.BaselineTasks, step.Tasks).Select(task => task.Line()))),
                step.IsBest ? "best" : "");
        }

        return table;
    }

    /// <summary>All steps with a verdict, and the best of them.</summary>
    private sealed record Ranking(string Run, ImmutableArray<int> Best, ImmutableArray<RankedStep> Steps);
}
