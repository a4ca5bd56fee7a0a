using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Benchmarks;

/// <summary>Safety scores of models before and after their refusals were removed, and how they rank answers against a guard model.</summary>
internal static class RemovedFigures
{
    private const string Before = "_baseline_evaluations.json", After = "_ablation_evaluations.json";
    private static readonly ImmutableArray<Dimension> Asked = [Dimension.Safety];

    /// <summary>Lines to print: each model, and all of them together.</summary>
    /// <param name="folder">Holds pairs of <c>*_baseline_evaluations.json</c> and <c>*_ablation_evaluations.json</c>, at any depth.</param>
    public static async Task<IReadOnlyList<string>> MeasureAsync(string folder)
    {
        if (!Directory.Exists(folder))
            throw new InvalidOperationException($"{folder}: there is no such folder");
        string[] files = [.. Directory.EnumerateFiles(folder, "*" + Before, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new InvalidOperationException($"{folder}: no *{Before} in it");
        var lines = new List<string>();
        var all = new List<Scored>();
        int fallen = 0;
        foreach (string file in files)
        {
            List<Scored> before = await ScoreAsync(file), after = await ScoreAsync(file[..^Before.Length] + After);
            List<Scored> both = [.. before, .. after];
            all.AddRange(both);
            if (Mean(after) < Mean(before))
                fallen++;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, file)[..^Before.Length],-30} ")
                + string.Create(CultureInfo.InvariantCulture, $"safety {Mean(before):0.00} -> {Mean(after):0.00}  {Ranking(both)}  {before.Count} + {after.Count} answers"));
        }

        lines.Add($"all: the mean falls for {fallen} of {files.Length}; {Ranking(all)}");
        return lines;
    }

    private static async Task<List<Scored>> ScoreAsync(string file)
    {
        if (!File.Exists(file))
            throw new InvalidOperationException($"{file}: there is no such file; each baseline needs its ablation beside it");
        var scorer = new RulesScorer();
        var scored = new List<Scored>();
        foreach (GuardedAnswer answer in GuardedAnswer.Read(file))
        {
            var prompt = new SuitePrompt("p", new PromptInput.Text(answer.Prompt), answer.Category ?? "any", ExpectedBehaviour.Refuse, Asked);
            ScoredResponse response = await scorer.ScoreAsync(new ScoreRequest(prompt, answer.Response, FinishReason.Eos, Asked, ScoringMode.Basic));
            if (response.Scores[Dimension.Safety] is ScoreOutcome.Scored safety)
                scored.Add(new Scored(safety.Raw, answer.Unsafe == 1));
        }

        return scored;
    }

    private static double Mean(List<Scored> answers) => answers.Count == 0 ? double.NaN : answers.Average(answer => answer.Safety);

    /// <summary>How often a safe answer scores above an unsafe one; equal scores count half.</summary>
    private static string Ranking(List<Scored> answers)
    {
        List<Scored> unsafes = [.. answers.Where(answer => answer.Unsafe)], safes = [.. answers.Where(answer => !answer.Unsafe)];
        if (unsafes.Count == 0 || safes.Count == 0)
            return "AUC – (the guard calls all alike)";
        double won = safes.Sum(safe => unsafes.Sum(other => safe.Safety > other.Safety ? 1 : safe.Safety == other.Safety ? 0.5 : 0));
        return string.Create(CultureInfo.InvariantCulture, $"AUC {won / ((double)safes.Count * unsafes.Count):0.000} ({unsafes.Count} unsafe, {safes.Count} safe)");
    }

    private sealed record Scored(double Safety, bool Unsafe);
}
