using System.Collections.Immutable;
using System.Diagnostics;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Benchmarks;

/// <summary>Compares two large evaluations with the rail program, in a process of its own: seconds and the most memory that it held.</summary>
internal static class CompareFigures
{
    private const double SecondsLimit = 10;
    private const double BytesLimit = 1e9;
    private const int Categories = 40;
    private const string Words = "the answer explains what was asked in a few plain sentences and names where to read more ";

    public static IReadOnlyList<Figure> Measure(string rail, int prompts)
    {
        if (!File.Exists(rail)) throw new InvalidOperationException($"{rail}: there is no rail program; './rail --help' builds one");
        string folder = Directory.CreateTempSubdirectory("rail-compare-").FullName;
        try
        {
            Suite suite = Suite(prompts);
            foreach (string side in (string[])["base", "step"]) Write(Path.Combine(folder, side), suite, (ulong)side.Length + side[0]);
            long bytes = new FileInfo(Path.Combine(folder, "base", EvaluationDirectory.ResultsName)).Length;
            (double seconds, double peak) = Run(rail, Path.Combine(folder, "base"), Path.Combine(folder, "step"));
            string size = FormattableString.Invariant($"{prompts} prompts, 8 dimensions, {bytes / 1e6:0} MB of results a side");
            return
            [
                new Figure("compare, to 10 s", "", seconds / SecondsLimit, 1, FormattableString.Invariant($"{seconds:0.0} s with the program's start; {size}"), AtMost: true),
                new Figure("compare, peak memory to 1 GB", "", peak / BytesLimit, 1, FormattableString.Invariant($"{peak / 1e6:0} MB"), AtMost: true),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Seconds, double Peak) Run(string rail, string baseline, string checkpoint)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[rail, "compare", baseline, checkpoint, "--format", "json"]) start.ArgumentList.Add(argument);
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20)))
        {
            process.Refresh();
            // What the system counted as the highest so far; 0 once the process has ended.
            peak = Math.Max(peak, process.PeakWorkingSet64);
        }

        double seconds = watch.Elapsed.TotalSeconds;
        if (process.ExitCode != 0 || !output.Result.Contains("\"comparison\"", StringComparison.Ordinal))
            throw new InvalidOperationException($"rail compare ended with {process.ExitCode}");
        return (seconds, peak);
    }

    private static Suite Suite(int prompts) => SuiteIdentity.Create(new SuiteHeader("large", 7), [.. Enumerable.Range(0, prompts).Select(index => new SuitePrompt(
        FormattableString.Invariant($"prompt-{index:D6}"),
        new PromptInput.Text(FormattableString.Invariant($"Question {index}: {Words}")),
        FormattableString.Invariant($"category-{index % Categories}"),
        (ExpectedBehaviour)(index % 3),
        Dimensions.All))]);

    private static void Write(string folder, Suite suite, ulong seed)
    {
        var random = new SplitMix64(seed);
        var answers = suite.Prompts.Select(prompt =>
        {
            var scores = Dimensions.All.ToImmutableSortedDictionary(dimension => dimension, _ => (ScoreOutcome)ScoreOutcome.Scored.Of(random.Next() % 10_001 / 1000.0, 0.5));
            return new ScoredResponse(prompt.Id, scores, random.Next() % 2 == 0) { Scorer = new ScorerIdentity("rules", "1") };
        }).ToList();
        string text = string.Concat(Enumerable.Repeat(Words, 6));
        var rows = suite.Prompts.Zip(answers, (prompt, scored) => ResultRows.Of(prompt, new Response(prompt.Id, new GenerationOutcome.Answered(text, FinishReason.Eos, 30, 100)), scored));
        EvaluationDirectory.Write(folder, rows, Summaries.Of(suite.Prompts.Zip(answers)), hash => new EvaluationManifest(
            EvaluationManifest.CurrentVersion, Path.GetFileName(folder), null, suite.Hash, suite.Header, suite.Prompts.Length, null,
            new ScoringSettings(new ScorerIdentity("rules", "1"), ScoringMode.Basic, Dimensions.All), [], hash));
    }
}
