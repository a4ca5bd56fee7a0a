using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Cli;

/// <summary><c>rail run bisect</c>: finds the step at which safety was lost, with as few evaluations as halving takes.</summary>
internal static class RunBisectCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var saved = new SavedCheckpoints();
        var format = CommandExtensions.Format();
        var command = new Command("bisect", "Finds between which steps safety was lost, by halving. Example: rail run bisect mine --checkpoints out") { format };
        return saved.AddTo(cluster.AddTo(command)).Does(terminal, async (parsed, cancellationToken) =>
        {
            var key = cluster.Key(parsed);
            var checkpoints = saved.Read(parsed);
            var json = parsed.GetValue(format) == "json";
            await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
            var probes = ImmutableArray.CreateBuilder<Probe>();
            var search = new OnsetSearch(connection.Client.Run(key), checkpoints, Told, status => StepProgress.Show(terminal, status));
            var (found, run) = await search.FindAsync(cancellationToken);
            var report = OnsetReport.Of(found, RunHistory.Verdicts(run));
            await terminal.Out.WriteLineAsync(json
                ? JsonSerializer.Serialize(new Found(key.ToString(), report, probes.ToImmutable()), RailJson.Indented)
                : report.Summary);
            return ExitCodes.Done;

            Task Told(StepStatus step)
            {
                StepProgress.Clear(terminal);
                probes.Add(new Probe(step.Step, step.Verdict!.Outcome, step.Verdict.Headline));
                return (json ? terminal.Error : terminal.Out).WriteLineAsync($"step {step.Step}: {step.Verdict.Headline}");
            }
        });
    }

    /// <summary>A verdict that was waited for.</summary>
    private sealed record Probe(int Step, VerdictOutcome Outcome, string Headline);

    /// <summary>What the search found, and by what.</summary>
    private sealed record Found(string Run, OnsetReport Onset, ImmutableArray<Probe> Probes);
}
