using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>What <c>compare</c> and <c>gate</c> share: evaluation directories in, a verdict out.</summary>
internal sealed class Judgement
{
    private const int WorstOnConsole = 3;

    private readonly Argument<string> _baseline = new("baseline_dir") { Description = "The baseline's evaluation, as 'rail eval' wrote it." };
    private readonly Argument<string> _checkpoint = new("checkpoint_dir") { Description = "The checkpoint's evaluation." };
    private readonly Option<string?> _anchor = new("--anchor") { Description = "The root model's evaluation: the checkpoint is compared with it as well, so that small losses cannot add up from release to release." };
    private readonly Option<string?> _policy = new("--policy") { Description = "JSON file of what is tolerated; without it a drop of 0.5 points, and 5 % of refusals." };
    private readonly Option<string[]> _metrics = new("--task-metrics") { Description = "JSON file: {\"metric\":…,\"higherIsBetter\":…,\"checkpoints\":{NAME:NUMBER}}; once for every metric.", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _overlap = new("--overlap") { Description = "JSON file that 'rail suite overlap' wrote: what of the suite stands in the training data." };
    private readonly Option<bool> _mismatch = new("--allow-mismatch") { Description = "Compares what two evaluations of different suites, settings or scorers have in common, and marks the verdict." };
    private readonly ReportOptions _reports = new();
    private readonly Option<string> _format = CommandExtensions.Format();
    private readonly Explaining _explaining = new();
    private readonly Confirming _confirming;

    public Judgement() => _confirming = new Confirming(_explaining);

    public Command AddTo(Command command)
    {
        command.Add(_baseline);
        command.Add(_checkpoint);
        foreach (var option in (Option[])[_anchor, _policy, _metrics, _overlap, _mismatch, .. _reports.All, _format]) command.Add(option);
        _explaining.AddTo(command);
        _confirming.AddTo(command);
        return command;
    }

    /// <summary>Reads all that a verdict is drawn from.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isGate">Whether a gate decides.</param>
    /// <exception cref="RailInputException">A file is bad.</exception>
    public async Task<JudgementInput> ReadAsync(ParseResult parsed, bool isGate)
    {
        // A number out of range is refused before anything is read.
        _explaining.Worst(parsed);
        _reports.Check(parsed);
        var policy = parsed.GetValue(_policy) is { } file ? PolicyFile.Read(Files.ReadText(file), file) : new Policy();
        var metrics = parsed.GetValue(_metrics)!.Select(source => TaskMetricFile.Read(Files.ReadText(source), source)).ToList();
        if (metrics.GroupBy(metric => metric.Metric, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new RailInputException($"{_metrics.Name}: two files have the metric '{SafeText.Line(twice.Key, 100)}'; give it once");
        var overlap = parsed.GetValue(_overlap) is { } found ? SuiteOverlapFile.Read(Files.ReadText(found), found) : null;
        // At the same time: large ones take seconds each.
        var reading = Task.Run(() => EvaluationDirectory.Read(parsed.GetValue(_baseline)!));
        var other = Task.Run(() => EvaluationDirectory.Read(parsed.GetValue(_checkpoint)!));
        var (baseline, checkpoint) = (await reading, await other);
        return new JudgementInput(baseline, checkpoint, policy)
        {
            Anchor = parsed.GetValue(_anchor) is { } anchor ? EvaluationDirectory.Read(anchor) : null,
            Facts = new JudgementFacts
            {
                IsGate = isGate,
                AllowMismatch = parsed.GetValue(_mismatch),
                Tasks = TaskChanges.Of(Metrics(metrics, baseline), Metrics(metrics, checkpoint)),
                Overlap = overlap,
            },
        };
    }

    /// <summary>Judges, with critical collapses confirmed, and with explanations where they are asked for.</summary>
    /// <exception cref="RailInputException">The evaluations cannot be compared.</exception>
    public async Task<JudgedEvaluations> JudgeAsync(Terminal terminal, ParseResult parsed, JudgementInput input, CancellationToken cancellationToken)
    {
        var judged = EvaluationJudgement.Judge(input);
        foreach (var side in input.Sides)
        {
            if (side.Manifest.NotExamined is { } unknown) await terminal.Error.WriteLineAsync($"rail: note: the scorer of {side.Folder} was {unknown}");
        }

        var confirmed = await _confirming.ConfirmAsync(terminal, parsed, judged, cancellationToken);
        if (confirmed != input) judged = EvaluationJudgement.Judge(confirmed);
        var explained = await _explaining.ExplainAsync(terminal, parsed, input.Baseline, input.Checkpoint, input.Policy, cancellationToken);
        return judged with { Input = confirmed with { Facts = confirmed.Facts with { Explanations = explained } } };
    }

    /// <summary>Writes the verdict to standard output, and as a page, as pictures and as data where that is asked for.</summary>
    public async Task WriteAsync(Terminal terminal, ParseResult parsed, JudgedEvaluations judged, CancellationToken cancellationToken)
    {
        var report = judged.Report();
        await _reports.WriteAsync(parsed, report, judged.Input.Baseline, judged.Input.Checkpoint, judged.Input.Anchor, cancellationToken);
        if (parsed.GetValue(_format) == "json") await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(judged.Document(), RailJson.Indented));
        else new ConsoleVerdict(terminal.Tables()).Write(report with { Worst = [.. report.Worst.Take(Math.Max(WorstOnConsole, _explaining.Worst(parsed)))] });
    }

    private static ImmutableArray<TaskMetric> Metrics(List<TaskMetricFile> files, StoredEvaluation side) =>
        [.. files.Select(file => file.Find(side.Manifest.Name)).OfType<TaskMetric>()];
}
