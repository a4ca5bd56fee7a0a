namespace RailCluster.Training;

/// <summary>The README of the demo folder, with the measured table in it.</summary>
public static class DemoReadme
{
    /// <summary>The command that makes the folder.</summary>
    public static string Command(int seed) =>
        FormattableString.Invariant($"dotnet run -c Release --project training -- demo --out demo --seed {seed}");

    /// <summary>The text.</summary>
    public static string Render(DemoSettings settings, IReadOnlyList<CheckpointReport> reports)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return "x" + ReportTable.Render(reports);
    }
}
