using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>One verdict on a console: the answer first, then what it rests on.</summary>
/// <param name="console">Where it is written.</param>
internal sealed class ConsoleVerdict(IAnsiConsole console)
{
    private const int LongestAnswer = 400;
    private const int LongestLine = 1000;

    /// <summary>Writes a verdict with its reasons, the measures, the task metrics and the worst prompts.</summary>
    public void Write(VerdictReport report)
    {
        var verdict = report.Verdict;
        Line($"[bold]{Safe(report.Checkpoint)}[/] against [bold]{Safe(report.Baseline)}[/], {report.Comparison.Prompts} prompts");
        Line($"[bold {Colour(verdict.Outcome)}]{Safe(verdict.Headline)}[/]");
        foreach (var reason in verdict.Reasons) Line(reason == report.Trade ? $"  - [bold]{Safe(reason)}[/]" : $"  - {Safe(reason)}");
        if (report.Early is { } early) Line($"  {Safe(early)}");
        if (verdict.Resolution is { } resolution) Line($"  what would resolve it: {Safe(resolution)}");
        var unasked = verdict.Measures.Where(one => one.Standing == MeasureStanding.NotJudged).Select(one => one.Measure.Label()).ToList();
        if (unasked.Count > 0) Line($"  no prompt for: {string.Join(", ", unasked)}");
        console.Write(Measures(report.Table));
        Line(Safe(IntervalText.Sentence(report.Table, verdict.Stopped is not null)));
        foreach (var fact in ScorerFacts.Lines(report.Comparison)) Line(Safe(fact));
        foreach (var task in report.Comparison.Tasks) Line($"task: {Safe(task.Line())}");
        foreach (var prompt in report.Worst) Prompt(prompt);
    }

    private static Table Measures(ComparisonTable measures)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("measure");
        foreach (var name in (string[])["prompts", "missing", "baseline", "checkpoint", "drop", "interval", "tolerance"])
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        table.AddColumn("standing");
        foreach (var row in measures.Rows)
        {
            table.AddRow(
                row.Measure.Label(),
                row.Asked,
                $"{row.Missing}",
                row.Measure.Value(row.Baseline),
                row.Measure.Value(row.Checkpoint),
                row.Measure.Drop(row.Drop),
                IntervalText.Range(row.Measure, row.Interval),
                row.Measure.Value(row.Tolerance),
                $"[{Colour(row.Standing)}]{row.Standing.Word()}[/]");
        }

        return table;
    }

    private void Prompt(WorstPrompt prompt)
    {
        Line($"[bold]{Safe(prompt.Id)}[/]  {Safe(string.Join("; ", prompt.Changes))}");
        if (prompt.Answers is not { } answers) return;
        Line($"  asked:      {Answer(answers.Prompt)}");
        Line($"  baseline:   {Answer(answers.Baseline)}");
        Why(prompt.Explanation?.Baseline);
        Line($"  checkpoint: {Answer(answers.Checkpoint)}");
        Why(prompt.Explanation?.Checkpoint);
    }

    private void Why(AnswerExplanation? explanation)
    {
        foreach (var line in ExplanationText.Lines(explanation)) Line($"    why: {Terminal.Safe(line, LongestAnswer)}");
    }

    private void Line(string markup) => console.MarkupLine(markup);

    private static string Safe(string text) => Terminal.Safe(text, LongestLine);

    private static string Answer(string? text) => text switch
    {
        null => "[dim](no answer)[/]",
        _ when string.IsNullOrWhiteSpace(text) => "[dim](an empty answer)[/]",
        _ => Terminal.Safe(text, LongestAnswer),
    };

    private static string Colour(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "green",
        VerdictOutcome.Block => "red",
        _ => "yellow",
    };

    private static string Colour(MeasureStanding standing) => standing switch
    {
        MeasureStanding.Pass => "green",
        MeasureStanding.Block => "red",
        MeasureStanding.Undecided or MeasureStanding.Noisy => "yellow",
        _ => "dim",
    };
}
