using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>Shows what a suite can tell.</summary>
internal static class SuiteView
{
    public static void Write(Terminal terminal, SuiteHeader header, SuiteFacts facts, bool asJson)
    {
        if (asJson)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(facts, RailJson.Indented));
            return;
        }

        var console = terminal.Tables();
        console.MarkupLine($"[bold]{Terminal.Safe(facts.Name)}[/]: {facts.Prompts} prompts, {facts.Critical} critical, seed {header.Seed}");
        console.MarkupLine($"hash {facts.Hash}");
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("about", header.Description), ("source", header.Source), ("licence", header.Licence), ("drawn from", header.Population)])
        {
            if (value is not null) console.MarkupLine($"{name}: {Terminal.Safe(value)}");
        }

        console.Write(Counts("measure", facts.Measures.Select(size => (size.Measure.Label(), size.Prompts))));
        foreach (var (sizing, what) in facts.Sizing.Zip(["in one verdict by itself", "in one checkpoint of a run"])) SuiteSizingView.Write(console, sizing, what);
        console.Write(Counts("expected", facts.Expected.Select(pair => (JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), pair.Value))));
        console.Write(Counts("category", facts.Categories.Select(pair => (pair.Key, pair.Value))));
        foreach (var warning in facts.Warnings) console.MarkupLine($"[yellow]warning:[/] {Terminal.Safe(warning, 1000)}");
    }

    private static Table Counts(string what, IEnumerable<(string Name, int Count)> counts)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn(what);
        table.AddColumn(new TableColumn("prompts").RightAligned());
        foreach (var (name, count) in counts) table.AddRow(Terminal.Safe(name), $"{count}");
        return table;
    }
}
