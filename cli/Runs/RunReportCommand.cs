using System.CommandLine;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail run report</c>: the verdict on one step with its evidence, and with what explains it where the run asks for that.</summary>
internal static class RunReportCommand
{
    private const int WorstInHtml = 12;
    private const int WorstOnConsole = 3;

    public static Command Create(Terminal terminal)
    {
        var cluster = new ClusterOptions();
        var step = CommandExtensions.Required<int>("--step", "The training step.");
        var reports = new ReportOptions();
        return cluster.AddTo(reports.AddTo(new Command("report", "Shows the verdict on a step with its evidence. Example: rail run report mine --step 100 --html report.html") { step }))
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                reports.Check(parsed);
                await using var connection = await cluster.ConnectAsync(parsed, cancellationToken);
                var run = connection.Client.Run(cluster.Key(parsed));
                var status = await run.GetStatusAsync();
                var judged = Judged(status, parsed.GetValue(step));
                var report = await ReadAsync(run, status, judged);
                await reports.WriteAsync(parsed, report, cancellationToken);
                new ConsoleVerdict(terminal.Tables()).Write(report with { Worst = [.. report.Worst.Take(WorstOnConsole)] });
                if (judged.WaitingFor is { } waiting) await terminal.Error.WriteLineAsync($"rail: note: step {judged.Step} waits for {waiting}; ask again for more");
                return ExitCodes.Done;
            });
    }

    private static StepStatus Judged(RunStatus status, int step)
    {
        var one = status.Steps.FirstOrDefault(candidate => candidate.Step == step)
            ?? throw new RailRequestException($"run '{status.Run}' has no step {step}; 'rail run status' shows its steps");
        return one is { Verdict: not null, Comparison: not null }
            ? one
            : throw new RailRequestException($"step {step} of run '{status.Run}' has no verdict yet; 'rail run watch {status.Run}' waits for it");
    }

    private static async Task<VerdictReport> ReadAsync(RailRun run, RunStatus status, StepStatus judged)
    {
        var (comparison, verdict) = (judged.Comparison!, judged.Verdict!);
        var worst = WorstPrompts.Of(comparison, verdict, _ => null, WorstInHtml);
        var evidence = (await run.GetEvidenceAsync(judged.Step, [.. worst.Select(prompt => prompt.Id)])).ToDictionary(one => one.PromptId, StringComparer.Ordinal);
        return new VerdictReport(status.Baseline.Model.ToString(), judged.Model.ToString(), comparison, verdict)
        {
            Worst =
            [
                .. worst.Select(prompt => evidence.TryGetValue(prompt.Id, out var one)
                    ? prompt with { Answers = new PromptAnswers(one.Asked, one.Baseline, one.Checkpoint), Explanation = one.Explanation }
                    : prompt),
            ],
            Trend = RunTrend.Of(status, judged.Step),
            Anchor = status.Spec.Anchor?.ToString(),
            RestsOn =
            [
                new Provenance("run", $"{status.Run}, step {judged.Step}"),
                new Provenance("suite", status.Spec.SuiteHash),
                new Provenance("scorer", $"{status.Spec.Scorer}, mode {status.Spec.Mode.ToString().ToLowerInvariant()}"),
                new Provenance("model", judged.Fingerprint?.Hash ?? "not read"),
            ],
        };
    }
}
