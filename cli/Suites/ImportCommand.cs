using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail suite import</c>: makes a suite of published prompt sets and other tables.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "Published prompt sets, tables with a prompt column, or suites: CSV, TSV, JSON Lines, JSON or Parquet, packed by gzip or not. Several become one suite.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = CommandExtensions.Required<string>("--out", "The suite to write, JSON Lines.");
        var sample = new Option<int?>("--sample") { Description = "Keeps only this many prompts, drawn by seed." };
        var stratify = new Option<string?>("--stratify") { Description = "With 'category', a sample keeps the categories' shares." };
        stratify.AcceptOnlyFromAmong("category");
        var seed = CommandExtensions.Option("--seed", "Decides the sample and the order in which the suite is evaluated.", 0L);
        var command = new Command("import", "Makes a suite of prompt sets. Example: rail suite import xstest_prompts.csv --out xstest.jsonl --sample 100 --stratify category")
        {
            files, output, sample, stratify, seed,
        };
        var options = new ImportOptions(command);
        return command.Does(terminal, async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(stratify) is not null && parsed.GetValue(sample) is null) throw new RailInputException("--stratify: goes with --sample N");
            var suite = await ImportAsync(parsed.GetValue(files)!, options.Read(parsed, parsed.GetValue(seed)), cancellationToken);
            if (parsed.GetValue(sample) is { } count) suite = SuiteSampler.Sample(suite, count, parsed.GetValue(stratify) is not null, parsed.GetValue(seed));
            await WriteAsync(terminal, suite, parsed.GetValue(output)!);
            return ExitCodes.Done;
        });
    }

    // A name is that of the whole; every file keeps its own until they are put together.
    private static async Task<Suite> ImportAsync(string[] files, ImportSettings settings, CancellationToken cancellationToken)
    {
        var suites = new List<Suite>();
        foreach (var file in files)
        {
            using var reader = Files.Open(file);
            suites.Add(await SuiteImporter.ImportAsync(reader.BaseStream, file, files.Length == 1 ? settings : settings with { Name = null }, cancellationToken));
        }

        var suite = SuiteJoin.Of(suites, settings.Seed);
        return settings.Name is { } name ? suite with { Header = suite.Header with { Name = name } } : suite;
    }

    private static async Task WriteAsync(Terminal terminal, Suite suite, string file)
    {
        await Files.WriteAsync(file, writer =>
        {
            SuiteFile.Write(writer, suite);
            return Task.CompletedTask;
        });
        var facts = SuiteFacts.Of(suite);
        var licence = suite.Header.Licence is { } known ? $", licence {SafeText.Line(known, 200)}" : "";
        await terminal.Error.WriteLineAsync(
            $"rail: {SafeText.Line(suite.Header.Name, 200)}: {suite.Prompts.Length} prompts in {facts.Categories.Count} categories, hash {suite.Hash[..12]}{licence}");
        foreach (var warning in facts.Warnings) await terminal.Error.WriteLineAsync($"rail: warning: {warning}");
    }
}
