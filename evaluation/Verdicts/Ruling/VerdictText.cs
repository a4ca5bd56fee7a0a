using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What was found on a measure, in words and numbers.</summary>
internal static class VerdictText
{
    /// <summary>In a few words, for a headline.</summary>
    public static string Short(JudgedMeasure one)
    {
        var (measure, key) = (one.Comparison, one.Measure.Key());
        var found = one switch
        {
            { HasCollapsed: true } => $"{key} collapsed on {CollapseText.Criticals(one.Collapses.Confirmed)}",
            { Floor: { Standing: MeasureStanding.Block } floor } => $"{key} is below its floor {NumberText.Written(floor.Floor)}",
            { Drop.Standing: not MeasureStanding.Block, CollapsesTooOften: true } => $"{key} collapsed on {measure.Collapses!.Count} of {measure.Read} prompts",
            { Measure: Measure.LostRefusals } => $"{measure.Lost} of {measure.Read} refusals lost",
            { Measure: Measure.OverRefusals } => $"{measure.Lost} of {measure.Read} answers newly refused",
            _ => $"{key} {Moved(measure.Drop, one.Tolerance)}",
        };
        return one.Basis.IsAnchor ? $"{found} since the anchor" : found;
    }

    /// <summary>What was found, with numbers.</summary>
    public static string Reason(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var gate = one.IsGated ? $"; tolerance {NumberText.Tolerance(one.Measure, one.Tolerance)}" : "; its drop is not gated";
        var floor = one.Floor is { Standing: MeasureStanding.Block } broken
            ? $"; its mean {NumberText.Points(broken.HighestMean, broken.Floor)} is below the floor {NumberText.Written(broken.Floor)}"
            : "";
        return $"{Against(one)}{Found(one)}{gate}{Odds(one)}{floor}{CollapseText.TooOften(one)}{MissingAndWorst(measure)}";
    }

    /// <summary>What was found on a measure within tolerance, with what is left of it.</summary>
    public static string Within(JudgedMeasure one) =>
        $"{Reason(one)}; margin {NumberText.Value(one.Measure, one.Tolerance - one.Comparison.HighestReadDrop())}";

    /// <summary>The drop with its interval and the prompts that it is over.</summary>
    public static string Found(JudgedMeasure one)
    {
        var measure = one.Comparison;
        if (one.Measure.AsDimension() is null) return Rate(one);
        var interval = IntervalText(one) is { } text ? $" ({text})" : "";
        return $"{one.Measure.Key()} {CollapseText.Critical(one)}{Moved(measure.Drop, one.Tolerance)}{interval} over {Read(one, measure.Paired)}";
    }

    public static string Missing(JudgedMeasure one)
    {
        var (missing, policy) = (one.Comparison.Missing, one.Basis.Policy);
        var known = one.Standing == MeasureStanding.Block ? "; what is known exceeds the tolerance already" : "";
        return $"{Against(one)}{one.Measure.Key()}: of {one.Comparison.Read} prompts, {missing.Baseline + missing.Both} have no score for the {Reference(one)} and "
            + $"{missing.Checkpoint + missing.Both} none for the checkpoint ({missing.Failed} failed{OtherScorer(missing)}); limits {NumberText.WrittenPercent(policy.ErrorLimit)} on both sides, "
            + $"{NumberText.WrittenPercent(policy.MissingDifferenceLimit)} between them{known}";
    }

    /// <summary>One sentence on what the scorer cannot judge, with what would have been beyond tolerance there; none where it can judge all.</summary>
    public static IEnumerable<string> Blind(IEnumerable<JudgedMeasure> judged)
    {
        var blind = judged.Where(one => one.Standing == MeasureStanding.Blind).ToList();
        if (blind.Count == 0) yield break;
        var beyond = blind.Where(one => one.IsSuspected).OrderByDescending(one => one.Severity).ToList();
        yield return $"not judged, because the scorer cannot tell good answers from bad ones on {string.Join(", ", blind.Select(one => one.Measure.Key()).Distinct())}"
            + (beyond.Count == 0 ? "" : $"; beyond the tolerance there: {string.Join(", ", beyond.Select(Short))}");
    }

    public static string Coverage(List<Measure> judged, IReadOnlyCollection<Measure> notJudged)
    {
        if (judged.Count == Measures.All.Length) return " on all ten measures";
        var named = $" on {string.Join(", ", judged.Order().Select(measure => measure.Key()))}";
        return notJudged.Count == 0 ? named : $"{named}; not judged: {string.Join(", ", notJudged.Select(measure => measure.Key()))}";
    }

    /// <summary>What a sentence is about, where that is not the baseline.</summary>
    public static string Against(JudgedMeasure one) => one.Basis.IsAnchor ? "against the anchor: " : "";

    public static string Reference(JudgedMeasure one) => one.Basis.IsAnchor ? "anchor" : "baseline";

    public static string OtherScorer(MissingScores missing) =>
        missing.OtherScorer == 0 ? "" : $", {missing.OtherScorer} not comparable: another scorer scored each side";

    public static string Pair(PairedDrop pair) => $"{pair.PromptId}, {NumberText.Score(pair.Baseline)} → {NumberText.Score(pair.Checkpoint)}";

    public static string Moved(double? drop, double tolerance) => drop switch
    {
        null => "has no pair to compare",
        > 0 and var fell => $"fell by {NumberText.Points(fell, tolerance)}",
        < 0 and var rose => $"rose by {NumberText.Points(-rose, tolerance)}",
        _ => "did not change",
    };

    /// <summary>What is missing, and the prompt that lost most, each with a semicolon before it.</summary>
    public static string MissingAndWorst(MeasureComparison measure) => MissingNote(measure) + Worst(measure);

    /// <summary>How strong evidence is, such as <c>166 to 1</c>.</summary>
    public static string Odds(double log) =>
        log > Math.Log(1_000_000) ? "more than 1,000,000 to 1" : $"{Math.Max(1, Math.Floor(Math.Exp(log))).ToString("#,0", CultureInfo.InvariantCulture)} to 1";

    // The interval may hold the tolerance where the evidence is enough all the same: it is another method, and is shown alone.
    private static string Odds(JudgedMeasure one) => one switch
    {
        { IsGated: false } => "",
        { Drop: { IsCertain: true, Standing: MeasureStanding.Block }, Basis.IsPartial: true } => "; beyond it whatever is still to come",
        { Drop: { IsCertain: false, Standing: MeasureStanding.Block }, Evidence: { } evidence } => $"; evidence {Odds(evidence.BlockLog)} that it is beyond",
        { Drop: { IsCertain: false, Standing: MeasureStanding.Pass }, Evidence: { } evidence } => $"; evidence {Odds(evidence.PassLog)} that it is within",
        _ => "",
    };

    private static string Rate(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var what = one.Measure == Measure.LostRefusals ? "refusals lost" : "answers newly refused";
        var share = NumberText.Percent(measure.Read == 0 ? 0 : (double)measure.Lost / measure.Read, one.Tolerance);
        var interval = IntervalText(one) is { } text ? $"; {text}" : "";
        var back = measure.Regained > 0 ? $" ({measure.Regained} changed the other way)" : "";
        return $"{measure.Lost} of {measure.Read} {what} ({share}{interval}){back}";
    }

    private static string? IntervalText(JudgedMeasure one)
    {
        if (one.Comparison.Interval is not { } interval) return null;
        var when = !one.Basis.IsPartial ? "" : one.Standing == MeasureStanding.Undecided ? " so far" : " at stopping";
        return $"{Level(interval.Level)}{when} {NumberText.Value(one.Measure, interval.Low)} to {NumberText.Value(one.Measure, interval.High)}";
    }

    // 99.995 % is not 100 %.
    private static string Level(double level)
    {
        var digits = 1;
        while (digits < 8 && Math.Round(level * 100, digits) >= 100) digits++;
        return Math.Round(level * 100, digits).ToString("0.########", CultureInfo.InvariantCulture) + " %";
    }

    private static string Read(JudgedMeasure one, int paired) => one.Basis.IsPartial ? $"{paired} of {NumberText.Prompts(one.Comparison.Declared)}" : NumberText.Prompts(paired);

    private static string MissingNote(MeasureComparison measure) => measure.Missing.Any == 0
        ? ""
        : $"; {NumberText.Scores(measure.Missing.Any)} missing{OtherScorer(measure.Missing)}";

    private static string Worst(MeasureComparison measure) => measure.Worst.IsEmpty ? ""
        : measure.Measure.AsDimension() is null ? $"; first: {string.Join(", ", measure.Worst.Take(3).Select(pair => pair.PromptId))}"
        : $"; worst: {Pair(measure.Worst[0])}";
}
