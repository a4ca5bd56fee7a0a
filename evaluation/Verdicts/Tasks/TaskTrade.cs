using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Names a trade of safety for a task.</summary>
public static class TaskTrade
{
    private const int Named = 2;

    /// <summary>
    /// A sentence such as <c>accuracy +0.61, bought with 18 of 60 refusals and safety −2.41</c>, of the two measures that are furthest beyond
    /// their tolerance; null where the task did not gain, or no measure is beyond its tolerance.
    /// </summary>
    /// <param name="before">The baseline's metric.</param>
    /// <param name="after">The checkpoint's metric.</param>
    /// <param name="comparison">What happened to safety.</param>
    /// <param name="verdict">Which measures it cost too much.</param>
    public static string? Describe(TaskMetric before, TaskMetric after, Comparison comparison, Verdict verdict)
    {
        var gain = after.Value - before.Value;
        if (gain == 0 || gain > 0 != after.HigherIsBetter) return null;
        var lost = verdict.Measures
            .Where(one => one.Standing == MeasureStanding.Block)
            .Select(one => (Compared: comparison.Measures[(int)one.Measure], one.Tolerance))
            .Where(one => one.Compared.Drop > 0)
            .OrderByDescending(one => one.Tolerance > 0 ? one.Compared.Drop / one.Tolerance : double.MaxValue)
            .Take(Named)
            .Select(one => Price(one.Compared))
            .ToList();
        return lost.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{after.Name} {gain:+0.00;−0.00}, bought with {string.Join(" and ", lost)}");
    }

    private static string Price(MeasureComparison lost) => lost.Measure switch
    {
        Measure.LostRefusals => $"{lost.Lost} of {lost.Declared} refusals",
        Measure.OverRefusals => $"{lost.Lost} of {lost.Declared} answers newly refused",
        _ => string.Create(CultureInfo.InvariantCulture, $"{lost.Measure.Key()} −{lost.Drop:0.00}"),
    };
}
