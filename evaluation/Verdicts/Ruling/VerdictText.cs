using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Verdicts in words and numbers, the same in every culture.</summary>
internal static class VerdictText
{
    // Two-sided 95 % of a normal distribution: the interval is shown, never decided on.
    private const double Normal95 = 1.959964;

    public static string Short(JudgedMeasure one) => one.Comparison switch
    {
        { Measure: Measure.LostRefusals } rate => $"{rate.Lost} of {rate.Declared} refusals lost",
        { Measure: Measure.OverRefusals } rate => $"{rate.Lost} of {rate.Declared} answers newly refused",
        var measure when one.HasCollapsed => $"{measure.Measure.Key()} collapsed on {Criticals(measure)}",
        var measure when one.Floor is { Standing: MeasureStanding.Block } floor => $"{measure.Measure.Key()} is below its floor {Points(floor.Floor)}",
        var measure => $"{measure.Measure.Key()} {Moved(measure.Drop, one.Tolerance)}",
    };

    /// <summary>What was found, with numbers.</summary>
    public static string Reason(JudgedMeasure one)
    {
        var measure = one.Comparison;
        if (measure.Measure.AsDimension() is null) return Rate(one);
        var interval = measure is { Drop: { } drop, StandardError: { } error }
            ? $" (95 % {Points(drop - Normal95 * error)} to {Points(drop + Normal95 * error)})"
            : "";
        var collapse = one.HasCollapsed ? $"collapsed on {Criticals(measure)} ({string.Join(", ", measure.Collapsed.Take(3).Select(Pair))}); " : "";
        var tolerance = one.IsGated ? $"; tolerance {Points(one.Tolerance)}" : "; its drop is not gated";
        var floor = one.Floor is { Standing: MeasureStanding.Block } broken
            ? $"; its mean {Points(broken.HighestMean, broken.Floor)} is below the floor {Points(broken.Floor)}"
            : "";
        return $"{measure.Measure.Key()} {collapse}{Moved(measure.Drop, one.Tolerance)}{interval} over {Prompts(measure.Paired)}"
            + tolerance + floor + MissingNote(measure) + Worst(measure);
    }

    /// <summary>What was found on a measure within tolerance, with what is left of it.</summary>
    public static string Within(JudgedMeasure one) => $"{Reason(one)}; margin {Value(one, one.Tolerance - one.Comparison.HighestDrop)}";

    public static string Undecided(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var floor = one.Floor is { Standing: MeasureStanding.Undecided } open
            ? $"; the mean lies between {Points(open.LowestMean, open.Floor)} and {Points(open.HighestMean)}; floor {Points(open.Floor)}"
            : "";
        var drop = one.IsGated
            ? $" the drop lies between {Value(one, measure.LowestDrop)} and {Value(one, measure.HighestDrop, one.Tolerance)}; tolerance {Value(one, one.Tolerance)}"
            : " its drop is not gated";
        return $"{measure.Measure.Key()}: with {Scores(measure.Missing.Any)} missing of {measure.Declared}{OtherScorer(measure.Missing)}{drop}{floor}";
    }

    public static string Missing(JudgedMeasure one, Policy policy)
    {
        var missing = one.Comparison.Missing;
        var known = one.Standing == MeasureStanding.Block ? "; what is known exceeds the tolerance already" : "";
        return $"{one.Comparison.Measure.Key()}: of {one.Comparison.Declared} prompts, {missing.Baseline + missing.Both} have no score for the baseline and "
            + $"{missing.Checkpoint + missing.Both} none for the checkpoint ({missing.Failed} failed{OtherScorer(missing)}); limits {Percent(policy.ErrorLimit)} on both sides, "
            + $"{Percent(policy.MissingDifferenceLimit)} between them{known}";
    }

    /// <summary>One sentence on what the scorer cannot judge, with what would have been beyond tolerance there; none where it can judge all.</summary>
    public static IEnumerable<string> Blind(IEnumerable<JudgedMeasure> judged)
    {
        var blind = judged.Where(one => one.Standing == MeasureStanding.Blind).ToList();
        if (blind.Count == 0) yield break;
        var beyond = blind.Where(one => one.IsSuspected).OrderByDescending(one => one.Severity).ToList();
        yield return $"not judged, because the scorer cannot tell good answers from bad ones on {string.Join(", ", blind.Select(one => one.Comparison.Measure.Key()))}"
            + (beyond.Count == 0 ? "" : $"; beyond the tolerance there: {string.Join(", ", beyond.Select(Short))}");
    }

    public static string Coverage(List<Measure> judged, IReadOnlyCollection<Measure> notJudged)
    {
        if (judged.Count == Measures.All.Length) return " on all ten measures";
        var named = $" on {string.Join(", ", judged.Order().Select(measure => measure.Key()))}";
        return notJudged.Count == 0 ? named : $"{named}; not judged: {string.Join(", ", notJudged.Select(measure => measure.Key()))}";
    }

    public static string More(int count) => count > 0 ? $" and {count} more" : "";

    public static string Points(double value, double? limit = null) => Apart(value, limit);

    public static string Percent(double share, double? limit = null) => Apart(share * 100, limit * 100, digits: 1) + " %";

    // As many digits as it takes to tell a value from its limit, and from nothing: "fell by 0.50; tolerance 0.50" explains no Block.
    private static string Apart(double value, double? limit, int digits = 2)
    {
        string Text(double number, int count) => number.ToString($"F{count}", CultureInfo.InvariantCulture).Replace('-', '−');
        if (value == 0 || value == limit || limit is null) return Text(value, digits);
        for (var count = digits; count <= 6; count++)
        {
            if (Text(value, count) != Text(limit.Value, count) && Text(Math.Abs(value), count) != Text(0, count)) return Text(value, count);
        }

        return Text(value, digits);
    }

    private static string Rate(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var what = measure.Measure == Measure.LostRefusals ? "refusals lost" : "answers newly refused";
        var back = measure.Regained > 0 ? $" ({measure.Regained} changed the other way)" : "";
        var share = Percent(measure.Declared == 0 ? 0 : (double)measure.Lost / measure.Declared, one.Tolerance);
        var first = measure.Worst.IsEmpty ? "" : $"; first: {string.Join(", ", measure.Worst.Take(3).Select(pair => pair.PromptId))}";
        return $"{measure.Lost} of {measure.Declared} {what} ({share}){back}; tolerance {Percent(one.Tolerance)}{MissingNote(measure)}{first}";
    }

    private static string MissingNote(MeasureComparison measure) => measure.Missing.Any == 0
        ? ""
        : $"; {Scores(measure.Missing.Any)} missing{OtherScorer(measure.Missing)}";

    private static string OtherScorer(MissingScores missing) =>
        missing.OtherScorer == 0 ? "" : $", {missing.OtherScorer} not comparable: another scorer scored each side";

    private static string Worst(MeasureComparison measure) => measure.Worst.IsEmpty
        ? ""
        : $"; worst: {Pair(measure.Worst[0])}";

    private static string Pair(PairedDrop pair) => $"{pair.PromptId}, {Score(pair.Baseline)} → {Score(pair.Checkpoint)}";

    private static string Criticals(MeasureComparison measure) =>
        measure.Collapsed.Length == 1 ? $"the critical prompt {measure.Collapsed[0].PromptId}" : $"{measure.Collapsed.Length} critical prompts";

    private static string Moved(double? drop, double tolerance) => drop switch
    {
        null => "has no pair to compare",
        > 0 and var fell => $"fell by {Points(fell, tolerance)}",
        < 0 and var rose => $"rose by {Points(-rose, tolerance)}",
        _ => "did not change",
    };

    private static string Value(JudgedMeasure one, double value, double? limit = null) =>
        one.Comparison.Measure.AsDimension() is null ? Percent(value, limit) : Points(value, limit);

    private static string Score(int thousandths) => (thousandths / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Prompts(int count) => count == 1 ? "1 prompt" : $"{count} prompts";

    private static string Scores(int count) => count == 1 ? "1 score" : $"{count} scores";
}
