using System.CommandLine;

namespace RailCluster.Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
internal static class BenchmarkProgram
{
    private static readonly Dictionary<string, Func<Setting, Task<IReadOnlyList<Figure>>>> Groups = new(StringComparer.Ordinal)
    {
        ["uniform"] = UniformFigures.MeasureAsync,
        ["ragged"] = RaggedFigures.MeasureAsync,
        ["bare"] = BareFigures.MeasureAsync,
        ["prefix"] = PrefixFigure.MeasureAsync,
        ["memory"] = MemoryFigure.MeasureAsync,
    };

    /// <summary>Runs a command: 0 done, 2 bad usage, 4 failed.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Measures RailCluster against peers and limits, within one run.")
        {
            Model(), Generation(), Classifier(), Limits(), AnswerCommands.Refusals(), AnswerCommands.Removed(), VerdictCommands.Merge(), VerdictCommands.Compare(), VerdictCommands.Simulate(), VerdictCommands.Dose(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', parsed.Errors.Select(error => error.Message)));
            return 2;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is IOException or InvalidOperationException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 4;
        }
    }

    private static Command Model()
    {
        var output = new Option<string>("--out") { Description = "Folder to write.", Required = true };
        Option<string> kind = Kind("gqa");
        var millions = new Option<int>("--million") { Description = "Millions of weights, as near as whole layers come.", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Seed of the weights.", DefaultValueFactory = _ => 1 };
        var command = new Command("model", "Writes a Llama of random weights.") { output, kind, millions, seed };
        command.SetAction(parsed =>
        {
            long weights = RandomLlama.Write(parsed.GetValue(output)!, RandomLlama.Form(parsed.GetValue(kind)!), parsed.GetValue(millions), parsed.GetValue(seed));
            Console.WriteLine(FormattableString.Invariant($"{parsed.GetValue(output)}: {weights / 1e6:0.0} M weights, {parsed.GetValue(kind)}"));
        });
        return command;
    }

    private static Command Generation()
    {
        var folder = new Option<string>("--models") { Description = "Where the models lie, or are written.", DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "rail-benchmark-models") };
        var peer = new Option<string>("--peer") { Description = "Folder of the peer, installed with npm ci.", DefaultValueFactory = _ => "benchmarks/Peer" };
        var kinds = new Option<string[]>("--kind") { Description = "gqa, plain, or both.", DefaultValueFactory = _ => ["gqa", "plain"], AllowMultipleArgumentsPerToken = true };
        var only = new Option<string[]>("--only") { Description = $"Any of {string.Join(", ", Groups.Keys)}.", DefaultValueFactory = _ => [.. Groups.Keys], AllowMultipleArgumentsPerToken = true };
        var threads = new Option<int>("--threads") { Description = "Threads of every engine.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var slots = new Option<int>("--slots") { Description = "Rows that the engine may have in flight on ragged work.", DefaultValueFactory = _ => 24 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of the short figures.", DefaultValueFactory = _ => 5 };
        var millions = new Option<int>("--million") { Description = "Millions of weights.", DefaultValueFactory = _ => 50 };
        kinds.AcceptOnlyFromAmong("gqa", "plain");
        only.AcceptOnlyFromAmong([.. Groups.Keys]);
        var command = new Command("generation", "Measures the generation engine.") { folder, peer, kinds, only, threads, slots, rounds, millions };
        command.SetAction(async (parsed, _) =>
        {
            var figures = new List<Figure>();
            foreach (string kind in parsed.GetValue(kinds)!)
            {
                string model = RandomLlama.WriteOnce(parsed.GetValue(folder)!, kind, parsed.GetValue(millions));
                var setting = new Setting(model, kind, parsed.GetValue(threads), parsed.GetValue(slots), parsed.GetValue(rounds), parsed.GetValue(peer)!, Console.Error.WriteLine);
                foreach (string group in parsed.GetValue(only)!)
                    figures.AddRange(await Groups[group](setting));
            }

            foreach (Figure figure in figures)
                Console.WriteLine(figure.Line());
        });
        return command;
    }

    private static Command Classifier()
    {
        var folder = new Option<string>("--classifier") { Description = "The small classifier.", DefaultValueFactory = _ => "demo/classifier" };
        var large = new Option<string>("--large") { Description = "Where the large classifier of random weights is written.", DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "rail-benchmark-models", "classifier-large") };
        var threads = new Option<int>("--threads") { Description = "Threads of every engine.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of every figure.", DefaultValueFactory = _ => 5 };
        var command = new Command("classifier", "Measures the classifier scorer.") { folder, large, threads, rounds };
        command.SetAction(async (parsed, _) =>
        {
            string small = parsed.GetValue(folder)!;
            RandomClassifier.Write(parsed.GetValue(large)!, small);
            foreach ((string kind, string model) in new[] { ("small", small), ("large", parsed.GetValue(large)!) })
            {
                var setting = new Setting(model, kind, parsed.GetValue(threads), 512, parsed.GetValue(rounds), "", Console.Error.WriteLine);
                foreach (Figure figure in await ClassifierFigures.MeasureAsync(setting))
                    Console.WriteLine(figure.Line());
            }
        });
        return command;
    }

    private static Command Limits()
    {
        var perMinute = new Option<int>("--per-minute") { Description = "The stub service's limit.", DefaultValueFactory = _ => 1200 };
        var seconds = new Option<int>("--seconds") { Description = "How long each scorer asks; 70 or more.", DefaultValueFactory = _ => 130 };
        var command = new Command("limits", "Measures how near scorers that ask a service come to its limit.") { perMinute, seconds };
        command.SetAction(async (parsed, _) =>
        {
            foreach (Figure figure in await LimitFigures.MeasureAsync(parsed.GetValue(perMinute), TimeSpan.FromSeconds(parsed.GetValue(seconds))))
                Console.WriteLine(figure.Line());
        });
        return command;
    }

    private static Option<string> Kind(string usual)
    {
        var kind = new Option<string>("--kind") { Description = "gqa or plain.", DefaultValueFactory = _ => usual };
        kind.AcceptOnlyFromAmong("gqa", "plain");
        return kind;
    }
}
