using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Intervals in words.</summary>
public static class IntervalText
{
    /// <summary>Such as <c>+0.92 to +1.70</c>; a dash where there is none.</summary>
    public static string Range(Measure measure, Interval? interval) =>
        interval is { } known ? $"{measure.Drop(known.Low)} to {measure.Drop(known.High)}" : "–";

    /// <summary>What the intervals of a table are, in a sentence.</summary>
    /// <param name="table">The measures.</param>
    /// <param name="stopped">Whether the verdict was drawn early.</param>
    public static string Sentence(ComparisonTable table, bool stopped)
    {
        var levels = table.Rows.Select(row => row.Interval).OfType<Interval>().Select(one => Level(one.Level)).Distinct().ToList();
        if (levels.Count == 0) return "No measure has an interval.";
        var level = levels.Count == 1 ? levels[0] : $"{levels[0]} to {levels[^1]}";
        return $"Intervals{(stopped ? " at stopping" : "")}: confidence sequences, each end at {level}; they hold at every look together"
            + (stopped ? "." : ", and say how far a drop would vary over prompts like these.");
    }

    /// <summary>A probability as per cent, in as many digits as it needs.</summary>
    public static string Level(double level) => (level * 100).ToString("0.###", CultureInfo.InvariantCulture) + " %";
}
