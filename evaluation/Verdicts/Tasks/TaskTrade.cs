using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Names a trade of safety for a task. What the task gained stands in per cent where the metric is a share (higher is better, both values 0 to 1), else in
/// its own unit.
/// </summary>
public static class TaskTrade
{
    private const int Named = 2;
    private const double Close = 0.8;

    /// <summary>
    /// A sentence such as <c>accuracy +3.0 %, bought with 18 of 60 refusals and safety −0.41</c>, of the two measures that are furthest beyond their
    /// tolerance, or after a Warn closest to it; null where the task did not gain, or no measure lost that much.
    /// </summary>
    /// <param name="before">The baseline's metric.</param>
    /// <param name="after">The checkpoint's metric.</param>
    /// <param name="comparison">What happened to safety.</param>
    /// <param name="verdict">Which measures it cost too much, or nearly.</param>
    public static string? Describe(TaskMetric before, TaskMetric after, Comparison comparison, Verdict verdict) =>
        Describe(before, after, verdict.Measures
            .Select(one => (one.Standing, Compared: comparison.Measures[(int)one.Measure], one.Tolerance))
            .Where(one => one.Standing == MeasureStanding.Block
                || (verdict.Outcome == VerdictOutcome.Warn && one.Standing == MeasureStanding.Pass && one.Compared.Drop > Close * one.Tolerance))
            .Select(one => (one.Compared, one.Tolerance)));

    /// <summary>The same of every task, for measures that somebody chose.</summary>
    internal static IEnumerable<string> Describe(Comparison comparison, IEnumerable<JudgedMeasure> lost) => comparison.Tasks
        .Where(task => task.Baseline is not null)
        .Select(task => Describe(task.Baseline!, task.Checkpoint, lost.Select(one => (one.Comparison, one.Tolerance))))
        .OfType<string>();

    private static string? Describe(TaskMetric before, TaskMetric after, IEnumerable<(MeasureComparison Compared, double Tolerance)> measures)
    {
        var gain = after.Value - before.Value;
        if (gain == 0 || gain > 0 != after.HigherIsBetter) return null;
        var lost = measures
            .Where(one => one.Compared.Drop > 0)
            .OrderByDescending(one => one.Tolerance > 0 ? one.Compared.Drop / one.Tolerance : double.MaxValue)
            .DistinctBy(one => one.Compared.Measure)
            .Take(Named)
            .Select(one => Price(one.Compared))
            .ToList();
        var isShare = after.HigherIsBetter && before.Value is >= 0 and <= 1 && after.Value is >= 0 and <= 1;
        var gained = isShare
            ? string.Create(CultureInfo.InvariantCulture, $"{100 * gain:+0.0;−0.0} %")
            : string.Create(CultureInfo.InvariantCulture, $"{gain:+0.00;−0.00}");
        return lost.Count == 0 ? null : $"{SafeText.Line(after.Name, PolicyFile.LongestName)} {gained}, bought with {string.Join(" and ", lost)}";
    }

    private static string Price(MeasureComparison lost) => lost.Measure switch
    {
        Measure.LostRefusals => $"{lost.Lost} of {lost.Read} refusals",
        Measure.OverRefusals => $"{lost.Lost} of {lost.Read} answers newly refused",
        _ => string.Create(CultureInfo.InvariantCulture, $"{lost.Measure.Key()} −{lost.Drop:0.00}"),
    };
}
