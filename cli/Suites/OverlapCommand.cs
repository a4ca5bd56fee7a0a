using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary><c>rail suite overlap</c>: whether a suite's prompts were trained on.</summary>
internal static class OverlapCommand
{
    private const int Shown = 20;

    public static Command Create(Terminal terminal)
    {
        var suite = new Argument<string>("suite") { Description = "A suite, JSON Lines." };
        var training = new Argument<string>("train") { Description = "The training data, JSON Lines: every text in it is looked through." };
        var output = new Option<string?>("--out") { Description = "Writes the finding as JSON, for --overlap of 'rail gate' and 'rail run start'." };
        var format = CommandExtensions.Format();
        return new Command("overlap", "Looks for a suite's prompts in training data, whole or thirteen words in a row. Example: rail suite overlap demo/suite.jsonl train.jsonl")
        {
            suite, training, output, format,
        }.Does(terminal, async (parsed, cancellationToken) =>
        {
            var asked = Files.Read(parsed.GetValue(suite)!, SuiteFile.Read);
            if (parsed.GetValue(output) is { } wanted) Files.CheckWritable(wanted);
            using var reader = Files.Open(parsed.GetValue(training)!);
            var (overlap, findings) = await TrainingData.SearchAsync(
                reader.BaseStream, parsed.GetValue(training)!, asked, lines => Show(terminal, lines), cancellationToken);
            if (terminal.Interactive) terminal.Error.Write("\r\u001b[K");
            var json = JsonSerializer.Serialize(overlap, RailJson.Indented);
            if (parsed.GetValue(output) is { } file) await Files.WriteAsync(file, writer => writer.WriteLineAsync(json));
            if (parsed.GetValue(format) == "json") await terminal.Out.WriteLineAsync(json);
            else Write(terminal, asked, overlap, findings);
            return ExitCodes.Done;
        });
    }

    private static void Show(Terminal terminal, long lines)
    {
        if (terminal.Interactive) terminal.Error.Write($"\rlooked through {lines} lines ");
    }

    private static void Write(Terminal terminal, Suite suite, SuiteOverlap overlap, IReadOnlyList<OverlapFinding> findings)
    {
        var console = terminal.Tables();
        console.MarkupLine(
            $"[bold]{Terminal.Safe(suite.Header.Name)}[/]: of {overlap.Prompts} prompts, {overlap.Exact} stand in the training data, {overlap.Near} more share {OverlapSearch.Gram} words in a row with it");
        if (findings.Count == 0) return;
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in (string[])["prompt", "found", "line"]) table.AddColumn(column);
        foreach (var one in findings.Take(Shown)) table.AddRow(Terminal.Safe(one.PromptId), one.Exact ? "whole" : "in part", $"{one.Line}");
        console.Write(table);
        if (findings.Count > Shown) console.MarkupLine($"and {findings.Count - Shown} more");
        console.MarkupLine("A prompt that was trained on says nothing about what was not: leave it out, or train without it.");
    }
}
