using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>Two evaluations and the verdict on them.</summary>
internal sealed record Judged(StoredEvaluation Baseline, StoredEvaluation Checkpoint, Policy Policy, VerdictReport Report)
{
    public Verdict Verdict => Report.Verdict;
}

/// <summary>What <c>compare</c> and <c>gate</c> share: two evaluation directories in, a verdict out.</summary>
internal sealed class Judgement
{
    private const int WorstInHtml = 12;
    private const int WorstOnConsole = 3;

    private readonly Argument<string> _baseline = new("baseline_dir") { Description = "The baseline's evaluation, as 'rail eval' wrote it." };
    private readonly Argument<string> _checkpoint = new("checkpoint_dir") { Description = "The checkpoint's evaluation." };
    private readonly Option<string?> _policy = new("--policy") { Description = "JSON file of what is tolerated; without it a drop of 0.5 points, and 5 % of refusals." };
    private readonly Option<string?> _metrics = new("--task-metrics") { Description = "JSON file: {\"metric\":…,\"higherIsBetter\":…,\"checkpoints\":{NAME:NUMBER}}." };
    private readonly ReportOptions _reports = new();
    private readonly Option<string> _format = CommandExtensions.Format();
    private readonly Explaining _explaining = new();

    public Command AddTo(Command command)
    {
        command.Add(_baseline);
        command.Add(_checkpoint);
        foreach (var option in (Option[])[_policy, _metrics, .. _reports.All, _format]) command.Add(option);
        _explaining.AddTo(command);
        return command;
    }

    /// <summary>Reads and judges.</summary>
    /// <exception cref="RailInputException">A file is bad, or the two evaluations cannot be compared.</exception>
    public Judged Judge(ParseResult parsed)
    {
        // A number out of range is refused before anything is read.
        _explaining.Worst(parsed);
        _reports.Check(parsed);
        var policy = parsed.GetValue(_policy) is { } file ? PolicyFile.Read(Files.ReadText(file), file) : new Policy();
        var metrics = parsed.GetValue(_metrics) is { } source ? TaskMetricFile.Read(Files.ReadText(source), source) : null;
        var baseline = EvaluationDirectory.Read(parsed.GetValue(_baseline)!);
        var checkpoint = EvaluationDirectory.Read(parsed.GetValue(_checkpoint)!);
        EvaluationMatch.Check(baseline, checkpoint);
        var comparison = Comparer.Compare(checkpoint.Suite, baseline.Scores(), checkpoint.Scores(), Facts(baseline.Manifest, checkpoint.Manifest, policy) with { Tasks = metrics is null ? [] : TaskChanges.Of(Metrics(metrics, baseline), Metrics(metrics, checkpoint)) });
        var summary = Summaries.Of(checkpoint.Suite.Prompts.Zip(checkpoint.Suite.Prompts.Select(prompt => ResultRows.ToScores(checkpoint.Rows[prompt.Id]))));
        var verdict = VerdictRules.Decide(comparison, summary, policy, EvaluationMatch.Blind(baseline, checkpoint), Failure(baseline, checkpoint));
        return new Judged(baseline, checkpoint, policy, new VerdictReport(baseline.Manifest.Name, checkpoint.Manifest.Name, comparison, verdict)
        {
            Worst = WorstPrompts.Of(comparison, verdict, id => Answers(id, baseline, checkpoint), WorstInHtml),
            RestsOn = EvaluationProvenance.Of(baseline, checkpoint),
        });
    }

    /// <summary>Writes the verdict to standard output, and as HTML where that is asked for; explained, where that is.</summary>
    public async Task WriteAsync(Terminal terminal, ParseResult parsed, Judged judged, CancellationToken cancellationToken)
    {
        foreach (var side in (StoredEvaluation[])[judged.Baseline, judged.Checkpoint])
        {
            if (side.Manifest.NotExamined is { } unknown) await terminal.Error.WriteLineAsync($"rail: note: the scorer of {side.Folder} was {unknown}");
        }

        var explained = await _explaining.ExplainAsync(terminal, parsed, judged.Baseline, judged.Checkpoint, judged.Policy, cancellationToken);
        var report = ExplainedPrompts.Add(judged.Report, explained, judged.Baseline, judged.Checkpoint, id => Answers(id, judged.Baseline, judged.Checkpoint));
        await _reports.WriteAsync(parsed, report, judged.Baseline, judged.Checkpoint, anchor: null, cancellationToken);
        if (parsed.GetValue(_format) == "json") await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(Json(judged, explained), RailJson.Indented));
        else new ConsoleVerdict(terminal.Tables()).Write(report with { Worst = [.. report.Worst.Where((prompt, rank) => rank < WorstOnConsole || prompt.Explanation is not null)] });
    }

    // The baseline's noise counts; where both sides were repeated, the larger.
    private static ComparisonFacts Facts(EvaluationManifest baseline, EvaluationManifest checkpoint, Policy policy)
    {
        var (before, after) = SentinelReadings.Of(baseline, checkpoint);
        return new ComparisonFacts
        {
            Policy = policy,
            Noise = baseline.Noise.ToImmutableSortedDictionary(
                pair => pair.Key, pair => Math.Max(pair.Value, checkpoint.Noise.GetValueOrDefault(pair.Key))),
            NoiseUnknown = baseline.NoiseUnknown,
            BaselineSentinels = before,
            CheckpointSentinels = after,
        };
    }

    private static VerdictJson Json(Judged judged, ImmutableArray<PromptExplanation> explained) => new(
        judged.Verdict,
        Directives.For(judged.Verdict, judged.Policy, lastPass: null),
        judged.Report.Comparison,
        judged.Baseline.Manifest,
        judged.Checkpoint.Manifest,
        judged.Report.Comparison.Tasks,
        judged.Report.Trade,
        explained.IsEmpty ? null : explained);

    // A baseline without results says nothing about the checkpoint.
    private static Failure? Failure(StoredEvaluation baseline, StoredEvaluation checkpoint) => checkpoint.Manifest.Failure
        ?? (baseline.Manifest.Failure is { } cause ? cause with { Reason = $"the baseline has no results: {cause.Reason}" } : null);

    private static IEnumerable<TaskMetric> Metrics(TaskMetricFile file, StoredEvaluation side) =>
        file.Find(side.Manifest.Name) is { } metric ? [metric] : [];

    private static PromptAnswers? Answers(string id, StoredEvaluation baseline, StoredEvaluation checkpoint) =>
        checkpoint.Rows.TryGetValue(id, out var row)
            ? new PromptAnswers(Asked(ResultRows.ToPrompt(row).Input), baseline.Rows.GetValueOrDefault(id)?.Response, row.Response)
            : null;

    private static string Asked(PromptInput input) => input is PromptInput.Tokens tokens ? $"({tokens.Ids.Length} token ids)" : input.Display();

    private sealed record VerdictJson(
        Verdict Verdict,
        Contracts.Directive Directive,
        Comparison Comparison,
        EvaluationManifest Baseline,
        EvaluationManifest Checkpoint,
        ImmutableArray<TaskChange> Tasks,
        string? Trade,
        ImmutableArray<PromptExplanation>? Explanations);
}
