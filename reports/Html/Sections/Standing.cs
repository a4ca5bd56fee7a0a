using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Standings and intervals in words, with their look.</summary>
internal static class Standing
{
    public static Markup Tag(MeasureStanding standing) => Markup.Of($"<span class=\"tag {Class(standing)}\">{standing.Word()}</span>");

    public static Markup Tag(VerdictOutcome outcome) => Markup.Of($"<span class=\"tag {Marks.Of(outcome).Ink.Name()}\">{outcome.ToString()}</span>");

    /// <summary>Such as <c>+0.92 to +1.70</c>; a dash where there is none.</summary>
    public static string Range(Measure measure, DropInterval? interval) =>
        interval is { } known ? $"{measure.Drop(known.Low)} to {measure.Drop(known.High)}" : "–";

    /// <summary>What the intervals of a table are, in a sentence.</summary>
    public static string Intervals(ComparisonTable table, bool stopped)
    {
        var known = table.Rows.Select(row => row.Interval).OfType<DropInterval>().ToList();
        if (known.Count == 0) return "No measure has an interval.";
        var levels = known.Select(one => Level(one.Level)).Distinct().ToList();
        var level = levels.Count == 1 ? levels[0] : $"{levels[0]} to {levels[^1]}";
        return known.All(one => one.HoldsAlways)
            ? $"Intervals{(stopped ? " at stopping" : "")}: confidence sequences, each end at {level}; they hold at every look together."
            : $"Intervals: {level} by the spread of the pairs, shown and never decided on.";
    }

    /// <summary>A probability as per cent, in as many digits as it needs.</summary>
    public static string Level(double level) => (level * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";

    private static string Class(MeasureStanding standing) => Marks.Of(standing).Ink.Name();
}
