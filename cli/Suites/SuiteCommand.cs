using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail suite import</c>, <c>rail suite show</c> and <c>rail suite overlap</c>.</summary>
internal static class SuiteCommand
{
    public static Command Create(Terminal terminal) => new("suite", "Makes and looks at safety suites.") { Import(terminal), Show(terminal), OverlapCommand.Create(terminal) };

    private static Command Import(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A published prompt set, a table with a prompt column, or a suite: CSV, JSON Lines or a JSON array." };
        var output = CommandExtensions.Required<string>("--out", "The suite to write, JSON Lines.");
        var format = CommandExtensions.Option("--format", "What the file is.", SuiteImporter.Auto);
        format.AcceptOnlyFromAmong([.. SuiteImporter.Formats]);
        var sample = new Option<int?>("--sample") { Description = "Keeps only this many prompts, drawn by seed." };
        var stratify = new Option<string?>("--stratify") { Description = "With 'category', a sample keeps the categories' shares." };
        stratify.AcceptOnlyFromAmong("category");
        var seed = CommandExtensions.Option("--seed", "Decides the sample and the order in which the suite is evaluated.", 0L);
        return new Command("import", "Makes a suite of a prompt set. Example: rail suite import xstest_prompts.csv --out xstest.jsonl --sample 100 --stratify category")
        {
            file, output, format, sample, stratify, seed,
        }.Does(terminal, async (parsed, _) =>
        {
            var source = parsed.GetValue(file)!;
            if (parsed.GetValue(stratify) is not null && parsed.GetValue(sample) is null) throw new RailInputException("--stratify: goes with --sample N");
            var suite = SuiteImporter.Import(Files.ReadText(source), source, parsed.GetValue(format)!, parsed.GetValue(seed));
            if (parsed.GetValue(sample) is { } count) suite = SuiteSampler.Sample(suite, count, parsed.GetValue(stratify) is not null, parsed.GetValue(seed));
            await Files.WriteAsync(parsed.GetValue(output)!, writer =>
            {
                SuiteFile.Write(writer, suite);
                return Task.CompletedTask;
            });
            var facts = SuiteFacts.Of(suite);
            await terminal.Error.WriteLineAsync($"rail: {suite.Header.Name}: {suite.Prompts.Length} prompts in {facts.Categories.Count} categories, hash {suite.Hash[..12]}");
            foreach (var warning in facts.Warnings) await terminal.Error.WriteLineAsync($"rail: warning: {warning}");
            return ExitCodes.Done;
        });
    }

    private static Command Show(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "A suite, JSON Lines." };
        var format = CommandExtensions.Format();
        var policy = new Option<string?>("--policy") { Description = "JSON file of what is tolerated; without it, the defaults." };
        return new Command("show", "Shows what a suite can tell. Example: rail suite show demo/suite.jsonl") { file, policy, format }
            .Does(terminal, (parsed, _) =>
            {
                var suite = Files.Read(parsed.GetValue(file)!, SuiteFile.Read);
                var rules = parsed.GetValue(policy) is { } path ? PolicyFile.Read(Files.ReadText(path), path) : new Policy();
                SuiteView.Write(terminal, suite.Header, SuiteFacts.Of(suite, rules), parsed.GetValue(format) == "json");
                return Task.FromResult(ExitCodes.Done);
            });
    }
}
