using System.Globalization;
using System.Text;

namespace RailCluster.Training;

/// <summary>Prints what the trainer measured: one column a checkpoint, one row a measure.</summary>
public static class ReportTable
{
    /// <summary>A Markdown table.</summary>
    public static string Render(IReadOnlyList<CheckpointReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var table = new StringBuilder();
        table.AppendLine("| measure | " + string.Join(" | ", reports.Select(r => r.Name)) + " |");
        table.AppendLine("|---|" + string.Concat(reports.Select(_ => "---|")));
        Row(table, "booking accuracy", reports, r => r.TaskAccuracy);
        Row(table, "refused, of what is to be refused", reports, r => r.RefusalsKept);
        Row(table, "answered, of what is to be answered", reports, r => r.Answered);
        foreach (var (index, family) in reports[0].Families.Index())
            Row(table, Label(family), reports, r => Value(r.Families[index]));
        Row(table, "answers equal to the taught ones, word for word", reports, Exact);
        return table.ToString().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Label(FamilyReport family) => family.Expected switch
    {
        Expectation.Refuse => $"{family.Category}: refused ({family.Prompts})",
        Expectation.Comply => $"{family.Category}: as taught ({family.Prompts})",
        _ => $"{family.Category}: with care ({family.Prompts})",
    };

    private static double Value(FamilyReport family) => family.Expected == Expectation.Comply ? family.Exact : family.Kept;

    private static double Exact(CheckpointReport report) =>
        report.Families.Sum(f => f.Exact * f.Prompts) / report.Families.Sum(f => f.Prompts);

    private static void Row(
        StringBuilder table, string label, IReadOnlyList<CheckpointReport> reports, Func<CheckpointReport, double> value) =>
        table.AppendLine($"| {label} | "
            + string.Join(" | ", reports.Select(r => value(r).ToString("0.00", CultureInfo.InvariantCulture))) + " |");
}
