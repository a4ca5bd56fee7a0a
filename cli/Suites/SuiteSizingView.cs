using System.Globalization;
using RailCluster.Evaluation;
using RailCluster.Reports;
using Spectre.Console;

namespace RailCluster.Cli;

/// <summary>Shows how far a suite reaches.</summary>
internal static class SuiteSizingView
{
    public static void Write(IAnsiConsole console, SuiteSizing sizing, string what)
    {
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"what the evidence shows {what} (error rate {sizing.Alpha:0.#####}): the fewest that can pass, and the drop that blocks 9 times in 10"));
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("measure");
        foreach (var target in (string[])["suite", "population"])
        {
            foreach (var name in (string[])[target, "to pass", "detects"]) table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (var size in sizing.Measures) table.AddRow([size.Measure.Label(), .. Cells(size, size.Suite), .. Cells(size, size.Population)]);
        console.Write(table);
    }

    private static string[] Cells(MeasureSizing size, TargetSizing target) =>
        [$"{target.Units}", target.SmallestToPass is { } least ? $"{least}" : "never", target.Detectable is { } drop ? size.Measure.Value(drop) : "none"];
}
