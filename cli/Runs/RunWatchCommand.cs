using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail run watch</c>: follows a run until its steps have verdicts; with <c>--gate</c> the worst verdict decides the exit code.</summary>
internal static class RunWatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var step = new Option<int?>("--step") { Description = "Only this step." };
        var gate = new Option<bool>("--gate") { Description = "Exits as 'rail gate' does: Pass 0, Block 1, Inconclusive 3, Warn 0 (5 with --strict)." };
        var strict = new Option<bool>("--strict") { Description = "With --gate: a Warn exits with 5." };
        return cluster.AddTo(new Command("watch", "Follows a run until its steps have verdicts. Example: rail run watch mine --gate") { step, gate, strict })
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
                var verdicts = await FollowAsync(terminal, connection.Client.Run(cluster.Key(parsed)), parsed.GetValue(step), cancellationToken);
                return parsed.GetValue(gate) ? Decide(verdicts, parsed.GetValue(strict)) : ExitCodes.Done;
            });
    }

    private static async Task<ImmutableArray<Verdict>> FollowAsync(Terminal terminal, RailRun run, int? only, CancellationToken cancellationToken)
    {
        var told = new HashSet<int>();
        await foreach (var status in run.WatchAsync(cancellationToken))
        {
            var steps = status.Steps.Where(one => only is null || one.Step == only).ToList();
            if (steps.Count == 0) throw new RailRequestException($"run '{run.Key}' has no step{(only is null ? "s" : $" {only}")}; submit one with 'rail run submit'");
            foreach (var one in steps.Where(one => one.Verdict is not null && told.Add(one.Step)))
                await TellAsync(terminal, one, status.Spec.Policy);
            if (steps.All(one => one.State is StepState.Done or StepState.Cancelled))
            {
                foreach (var line in only is null ? RunHistory.Lines(status) : []) await terminal.Out.WriteLineAsync(line);
                return [.. steps.Where(one => one.Verdict is not null).Select(one => one.Verdict!)];
            }

            StepProgress.Show(terminal, status);
        }

        return [];
    }

    private static async Task TellAsync(Terminal terminal, StepStatus step, Policy policy)
    {
        var reading = policy.EarlyStop == EarlyStop.None ? null : StepReading.Line(step, policy);
        foreach (var line in new[] { step.Verdict!.Headline, reading, ScorerFacts.Blind(step.Verdict) }.OfType<string>())
            await terminal.Out.WriteLineAsync($"step {step.Step}: {line}");
    }

    // The worst verdict speaks: a Block, else an Inconclusive (nothing judged is one too), else a Warn.
    private static int Decide(ImmutableArray<Verdict> verdicts, bool strict)
    {
        var worst = ((VerdictOutcome[])[VerdictOutcome.Block, VerdictOutcome.Inconclusive, VerdictOutcome.Warn, VerdictOutcome.Pass])
            .Where(outcome => verdicts.Any(verdict => verdict.Outcome == outcome))
            .DefaultIfEmpty(VerdictOutcome.Inconclusive)
            .First();
        return ExitCodes.Of(worst, strict);
    }
}
