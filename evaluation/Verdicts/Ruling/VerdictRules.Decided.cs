using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The rows that decide.</summary>
public static partial class VerdictRules
{
    private const int Named = 3;

    private static Draft? Blocked(Ruling ruling)
    {
        var blocking = ruling.Standing(MeasureStanding.Block);
        return blocking.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Block,
                $"Block: {string.Join(", ", blocking.Take(Named).Select(VerdictText.Short))}{NumberText.More(blocking.Count - Named)}",
                [
                    .. blocking.Select(one => VerdictText.Reason(one) + SinceBaseline(ruling, one)),
                    .. TaskTrade.Describe(ruling.Comparison, blocking),
                    .. TaskLosses.Of(ruling),
                ]);
    }

    private static Draft Passed(Ruling ruling)
    {
        var passing = ruling.Standing(MeasureStanding.Pass);
        var close = passing.Where(one => ruling.Policy.WarnAt < 1 && one.UsesMoreThan(ruling.Policy.WarnAt)).ToList();
        var suspected = ruling.Measures.Where(one => one.IsSuspected).OrderByDescending(one => one.Severity).ToList();
        var losses = TaskLosses.Of(ruling).ToList();
        var but = Warnings(ruling, close, suspected, losses).ToList();
        var coverage = VerdictText.Coverage([.. passing.Select(one => one.Measure).Distinct()], ruling.NotJudged);
        return new Draft(
            but.Count == 0 ? VerdictOutcome.Pass : VerdictOutcome.Warn,
            but.Count == 0 ? $"Pass{coverage}" : $"Warn: within tolerance{coverage}, but {string.Join("; ", but)}",
            [
                .. losses,
                .. passing.Take(Math.Max(close.Count, 2)).Select(VerdictText.Within),
                .. TaskTrade.Describe(ruling.Comparison, close),
            ]);
    }

    private static IEnumerable<string> Warnings(Ruling ruling, List<JudgedMeasure> close, List<JudgedMeasure> suspected, List<string> losses)
    {
        if (close.Count > 0) yield return $"close on {string.Join(", ", close.Select(VerdictText.Short))}";
        if (suspected.Count > 0)
            yield return $"{string.Join(", ", suspected.Take(Named).Select(VerdictText.Short))}{NumberText.More(suspected.Count - Named)}, which the scorer cannot judge";
        if (losses.Count > 0) yield return losses[0] + NumberText.More(losses.Count - 1);
        if (OverlapText.IsFound(ruling.Comparison)) yield return OverlapText.Of(ruling.Comparison);
    }

    // What adds up from release to release is seen only by the two drops together.
    private static string SinceBaseline(Ruling ruling, JudgedMeasure one)
    {
        if (!one.Basis.IsAnchor) return "";
        var baseline = ruling.Sides[0].Measures[(int)one.Measure];
        return one.Measure.AsDimension() is null
            ? $"; since the baseline {VerdictText.Short(baseline)}"
            : $"; since the baseline it {VerdictText.Moved(baseline.Comparison.Drop, one.Tolerance)}";
    }
}
