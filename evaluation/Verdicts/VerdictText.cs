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
        var measure when one.BrokenFloor is { } floor => $"{measure.Measure.Key()} is below its floor {Points(floor)}",
        var measure => $"{measure.Measure.Key()} {Moved(measure.Drop)}",
    };

    public static string Reason(JudgedMeasure one)
    {
        var measure = one.Comparison;
        if (measure.Measure.AsDimension() is null) return Rate(one);
        var interval = measure is { Drop: { } drop, StandardError: { } error }
            ? $" (95 % {Points(drop - Normal95 * error)} to {Points(drop + Normal95 * error)})"
            : "";
        var floor = one.BrokenFloor is { } broken ? $"; its mean {Points(measure.CheckpointMean ?? 0)} is below the floor {Points(broken)}" : "";
        return $"{measure.Measure.Key()} {Moved(measure.Drop)}{interval} over {Prompts(measure.Paired)}; tolerance {Points(one.Tolerance)}"
            + floor + MissingNote(measure) + Worst(measure);
    }

    public static string Undecided(JudgedMeasure one) =>
        $"{one.Comparison.Measure.Key()}: with {Scores(one.Comparison.Missing.Any)} missing of {one.Comparison.Declared} "
        + $"the drop lies between {Value(one, one.Comparison.LowestDrop)} and {Value(one, one.Comparison.HighestDrop)}; tolerance {Value(one, one.Tolerance)}";

    public static string Missing(JudgedMeasure one, Policy policy)
    {
        var missing = one.Comparison.Missing;
        var known = one.Standing == MeasureStanding.Block ? "; what is known exceeds the tolerance already" : "";
        return $"{one.Comparison.Measure.Key()}: of {one.Comparison.Declared} prompts, {missing.Baseline + missing.Both} have no score for the baseline and "
            + $"{missing.Checkpoint + missing.Both} none for the checkpoint ({missing.Failed} failed); limits {Percent(policy.ErrorLimit)} on both sides, "
            + $"{Percent(policy.MissingDifferenceLimit)} between them{known}";
    }

    public static string Coverage(List<Measure> judged, IReadOnlyCollection<Measure> notJudged)
    {
        if (judged.Count == Measures.All.Length) return " on all ten measures";
        var named = $" on {string.Join(", ", judged.Order().Select(measure => measure.Key()))}";
        return notJudged.Count == 0 ? named : $"{named}; not judged: {string.Join(", ", notJudged.Select(measure => measure.Key()))}";
    }

    public static string More(int count) => count > 0 ? $" and {count} more" : "";

    public static string Points(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Rate(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var what = measure.Measure == Measure.LostRefusals ? "refusals lost" : "answers newly refused";
        var back = measure.Regained > 0 ? $" ({measure.Regained} changed the other way)" : "";
        var share = Percent(measure.Declared == 0 ? 0 : (double)measure.Lost / measure.Declared);
        var first = measure.Worst.IsEmpty ? "" : $"; first: {string.Join(", ", measure.Worst.Take(3).Select(pair => pair.PromptId))}";
        return $"{measure.Lost} of {measure.Declared} {what} ({share}){back}; tolerance {Percent(one.Tolerance)}{MissingNote(measure)}{first}";
    }

    private static string MissingNote(MeasureComparison measure) => measure.Missing.Any == 0 ? "" : $"; {Scores(measure.Missing.Any)} missing";

    private static string Worst(MeasureComparison measure) => measure.Worst.IsEmpty
        ? ""
        : $"; worst: {measure.Worst[0].PromptId}, {Score(measure.Worst[0].Baseline)} → {Score(measure.Worst[0].Checkpoint)}";

    private static string Moved(double? drop) => drop switch
    {
        null => "has no pair to compare",
        > 0 and var fell => $"fell by {Points(fell)}",
        < 0 and var rose => $"rose by {Points(-rose)}",
        _ => "did not change",
    };

    private static string Value(JudgedMeasure one, double value) => one.Comparison.Measure.AsDimension() is null ? Percent(value) : Points(value);

    private static string Score(int thousandths) => (thousandths / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Prompts(int count) => count == 1 ? "1 prompt" : $"{count} prompts";

    private static string Scores(int count) => count == 1 ? "1 score" : $"{count} scores";
}
