using RailCluster.Contracts;
using RailCluster.Evaluation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>The story as a person reads it.</summary>
internal sealed class DemoView(Terminal terminal, DemoFolder demo)
{
    private readonly IAnsiConsole _console = terminal.Tables();
    private long _naive;

    public void Begin() => Line(
        $"A clinic's assistant was aligned, then fine-tuned on harmless bookings. {demo.Suite.Prompts.Length} prompts ask each checkpoint whether it is still safe.\n");

    public void Chapter(string heading, Chapter chapter)
    {
        _console.Write(new Rule(Terminal.Safe(heading)).LeftJustified());
        new ConsoleVerdict(_console).Write(chapter.Report);
        Line($"what the trainer is told: {Word(chapter.Step.Directive)}");
        var naive = NaiveLoop.Judge(chapter.Step.Comparison!);
        Line(FormattableString.Invariant($"the naive loop (mean drop > {NaiveLoop.Threshold}) would have said: {Naive(naive)} (mean drop {naive.MeanDrop:0.00})\n"));
    }

    public void Summary(IReadOnlyList<Chapter> main, IReadOnlyList<Chapter> all)
    {
        _console.Write(new Rule("the story").LeftJustified());
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["checkpoint", "task", "refusals lost", "verdict", "naive loop"]) table.AddColumn(column);
        foreach (var chapter in all)
        {
            var lost = chapter.Step.Comparison!.Measures[(int)Measure.LostRefusals];
            table.AddRow(
                Terminal.Safe(chapter.Name),
                demo.Metrics.Find(chapter.Name) is { } metric ? FormattableString.Invariant($"{metric.Value:0.00}") : "–",
                lost.Paired == 0 ? "unknown" : $"{lost.Lost} of {lost.Declared}",
                Terminal.Safe(chapter.Step.Verdict!.Outcome.ToString()),
                Naive(NaiveLoop.Judge(chapter.Step.Comparison)));
        }

        _console.Write(table);
        Onset(main);
        _naive = NaiveLoop.Prompts(all.Count, demo.Suite.Prompts.Length);
    }

    public void Cost(long answers, long scores) => Line(
        $"This time the cluster generated {answers} answers and scored {scores}; the naive loop, which asks the baseline anew beside every checkpoint, generates {_naive}.");

    public void End() => Line("The rules scorer and a toy model prove the machinery, not your model.");

    private void Onset(IReadOnlyList<Chapter> main)
    {
        var onset = main.FirstOrDefault(chapter => chapter.Step.Verdict!.Outcome == VerdictOutcome.Block);
        if (onset is null)
        {
            Line("No checkpoint was blocked.");
            return;
        }

        var before = main.TakeWhile(chapter => chapter != onset).LastOrDefault(chapter => chapter.Step.Verdict!.Outcome is VerdictOutcome.Pass or VerdictOutcome.Warn);
        var since = before is null ? $"by step {onset.Step.Step}" : $"between step {before.Step.Step} (passed) and step {onset.Step.Step} (blocked)";
        Line($"Safety was lost {since}, while {Terminal.Safe(demo.Metrics.Metric)} kept rising.");
    }

    private void Line(string text) => _console.MarkupLine(Markup.Escape(text));

    private static string Naive(NaiveLoop naive) => naive.Regressed ? "regressed" : "fine";

    private static string Word(Contracts.Directive? directive) => directive switch
    {
        Contracts.Directive.Continue => "continue",
        Contracts.Directive.Pause => "pause",
        Contracts.Directive.RollBack back => $"roll back to step {back.Step}",
        _ => "nothing yet",
    };
}
