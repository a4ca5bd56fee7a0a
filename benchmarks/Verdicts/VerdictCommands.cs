using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Reports;

namespace RailCluster.Benchmarks;

/// <summary>The commands that measure what verdicts rest on.</summary>
internal static class VerdictCommands
{
    private static readonly Dictionary<string, Func<int, IEnumerable<Figure>>> Studies = new(StringComparer.Ordinal)
    {
        ["validity"] = ValidityFigures.Measure,
        ["dilution"] = DilutionFigures.Measure,
        ["power"] = PowerFigures.Measure,
    };

    public static Command Compare()
    {
        var rail = new Option<string>("--rail") { Description = "The rail program.", DefaultValueFactory = _ => "cli/bin/Release/net10.0/rail.dll" };
        var prompts = new Option<int>("--prompts") { Description = "Prompts of the suite.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("compare", "Measures how long 'rail compare' takes on two large evaluations, and how much memory.") { rail, prompts };
        command.SetAction(parsed =>
        {
            foreach (Figure figure in CompareFigures.Measure(parsed.GetValue(rail)!, parsed.GetValue(prompts)))
                Console.WriteLine(figure.Line());
        });
        return command;
    }

    public static Command Simulate()
    {
        var repetitions = new Option<int>("--repetitions") { Description = "Of every study.", DefaultValueFactory = _ => 2000 };
        var only = new Option<string[]>("--only") { Description = $"Any of {string.Join(", ", Studies.Keys)}.", DefaultValueFactory = _ => [.. Studies.Keys], AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Studies.Keys]);
        var command = new Command("simulate", "Measures how often verdicts are wrong, and how soon right, where the truth is known. Every number comes from seeds.") { repetitions, only };
        command.SetAction(parsed =>
        {
            foreach (string study in parsed.GetValue(only)!)
                foreach (Figure figure in Studies[study](parsed.GetValue(repetitions)))
                    Console.WriteLine(figure.Line());
        });
        return command;
    }

    public static Command Dose()
    {
        var repetitions = new Option<int>("--repetitions") { Description = "Of every dose.", DefaultValueFactory = _ => 2000 };
        var safe = new Option<string?>("--safe") { Description = "A safe model's evaluation, as 'rail eval' wrote it; without it two simulated models." };
        var other = new Option<string?>("--unsafe") { Description = "An unsafe model's evaluation on the same suite." };
        var command = new Command("dose", "Replaces a safe model's answers by an unsafe one's, more and more, and says what each way to judge makes of it.") { repetitions, safe, other };
        command.SetAction(parsed =>
        {
            (ImmutableArray<SuitePrompt> prompts, Dictionary<string, ScoredResponse> before, Dictionary<string, ScoredResponse> after) =
                parsed.GetValue(safe) is { } one && parsed.GetValue(other) is { } two ? Read(one, two) : DoseFigures.Simulated();
            foreach (string line in DoseFigures.Measure(parsed.GetValue(repetitions), prompts, before, after))
                Console.WriteLine(line);
        });
        return command;
    }

    private static (ImmutableArray<SuitePrompt> Prompts, Dictionary<string, ScoredResponse> Safe, Dictionary<string, ScoredResponse> Unsafe) Read(string safe, string other)
    {
        StoredEvaluation before = EvaluationDirectory.Read(safe);
        StoredEvaluation after = EvaluationDirectory.Read(other);
        EvaluationMatch.Check(before, after);
        return (before.Suite.Prompts, new(before.Scores(), StringComparer.Ordinal), new(after.Scores(), StringComparer.Ordinal));
    }

    public static Command Merge()
    {
        var shards = new Option<int>("--shards") { Description = "Summaries merged.", DefaultValueFactory = _ => 1000 };
        var prompts = new Option<int>("--prompts") { Description = "Prompts in all of them.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("merge", "Measures how fast the summaries of a large suite merge.") { shards, prompts };
        command.SetAction(parsed =>
        {
            foreach (Figure figure in MergeFigures.Measure(parsed.GetValue(shards), parsed.GetValue(prompts)))
                Console.WriteLine(figure.Line());
        });
        return command;
    }
}
