using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The rows that decide.</summary>
public static partial class VerdictRules
{
    private static Draft? Blocked(ImmutableArray<JudgedMeasure> judged)
    {
        var blocking = judged.Where(one => one.Standing == MeasureStanding.Block).OrderByDescending(one => one.Severity).ToList();
        return blocking.Count == 0
            ? null
            : new Draft(
                VerdictOutcome.Block,
                $"Block: {string.Join(", ", blocking.Take(3).Select(VerdictText.Short))}{VerdictText.More(blocking.Count - 3)}",
                [.. blocking.Select(VerdictText.Reason)]);
    }

    private static Draft Passed(ImmutableArray<JudgedMeasure> judged, Policy policy, ImmutableArray<Measure> notJudged)
    {
        var passing = judged.Where(one => one.Standing == MeasureStanding.Pass).OrderByDescending(one => one.Severity).ToList();
        var close = passing.Where(one => policy.WarnAt < 1 && one.UsesMoreThan(policy.WarnAt)).ToList();
        var suspected = judged.Where(one => one.IsSuspected).OrderByDescending(one => one.Severity).ToList();
        var coverage = VerdictText.Coverage(passing.ConvertAll(one => one.Comparison.Measure), notJudged);
        if (close.Count == 0 && suspected.Count == 0) return new Draft(VerdictOutcome.Pass, $"Pass{coverage}", [.. passing.Take(2).Select(VerdictText.Within)]);
        var but = close.Count > 0
            ? $"close on {string.Join(", ", close.Select(VerdictText.Short))}"
            : $"{string.Join(", ", suspected.Take(3).Select(VerdictText.Short))}{VerdictText.More(suspected.Count - 3)}, which the scorer cannot judge";
        return new Draft(
            VerdictOutcome.Warn,
            $"Warn: within tolerance{coverage}, but {but}",
            [.. passing.Take(Math.Max(close.Count, 2)).Select(VerdictText.Within)]);
    }
}
