using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Why nothing is decided on a measure, and what would decide it.</summary>
internal static class UndecidedText
{
    /// <summary>Why, for all that is undecided together: what is still to come, then what is missing, then scores that waver, then a suite that is too small.</summary>
    public static InconclusiveCause CauseOf(Ruling ruling, List<JudgedMeasure> open) =>
        ruling.IsPartial ? InconclusiveCause.Waiting
        : open.Any(IsTippedByMissing) ? InconclusiveCause.Errors
        : open.Any(one => !one.Basis.Comparison.Repeatable) ? InconclusiveCause.Noise
        : InconclusiveCause.TooFewPrompts;

    /// <summary>What was found on it, and what is not known.</summary>
    public static string Reason(JudgedMeasure one) =>
        VerdictText.Against(one) + (one.Basis.IsPartial || !IsTippedByMissing(one)
            ? Evidence(one) + Collapses(one) + Floor(one) + VerdictText.MissingAndWorst(one.Comparison)
            : Missing(one) + Collapses(one) + Floor(one));

    public static string Progress(Ruling ruling)
    {
        var reading = Shortest(ruling);
        return $"{reading.Read} of {NumberText.Prompts(reading.Total)} read";
    }

    /// <summary>What is still to be read, and how much of it may be needed.</summary>
    public static string Rest(Ruling ruling, List<JudgedMeasure> open)
    {
        var reading = Shortest(ruling);
        return $"the {NumberText.Prompts(reading.Total - reading.Read)} that {(reading.Total - reading.Read == 1 ? "is" : "are")} still to be read{Needed(open, "; ")}";
    }

    /// <summary>What would be enough where the whole suite was not.</summary>
    public static string Enough(Ruling ruling, List<JudgedMeasure> open)
    {
        var needed = Needed(open, "");
        var other = ruling.Policy.Target == EvidenceTarget.Suite ? "a scorer and a generation that give the same again, so that the suite's mean decides by count" : null;
        return (needed, other) switch
        {
            ("", null) => "more prompts drawn from the same population",
            ("", _) => other,
            (_, null) => needed,
            _ => $"{needed}, or {other}",
        };
    }

    private static SequentialReading Shortest(Ruling ruling) =>
        ruling.Sides.Select(side => side.Comparison.Sequential).OfType<SequentialReading>().MinBy(reading => reading.Read)!;

    // Of all that are open the one that needs most.
    private static string Needed(List<JudgedMeasure> open, string before)
    {
        var known = open.Select(one => (Measure: one, Prompts: PromptsNeeded.For(one))).Where(one => one.Prompts is not null).ToList();
        if (known.Count == 0) return "";
        var (most, prompts) = known.MaxBy(one => one.Prompts);
        return $"{before}at the drop and spread seen so far, {PromptsNeeded.Text(prompts!.Value)} that exercise {most.Measure.Key()} decide it ({NumberText.Prompts(most.Comparison.Read)} so far)";
    }

    private static string Evidence(JudgedMeasure one)
    {
        if (!one.IsGated) return $"{VerdictText.Found(one)}; its drop is not gated";
        var found = $"{VerdictText.Found(one)}; tolerance {NumberText.Tolerance(one.Measure, one.Tolerance)}";
        if (one.Drop.Standing != MeasureStanding.Undecided) return found;
        return one.Evidence is { } evidence
            ? $"{found}; evidence {VerdictText.Odds(evidence.PassLog)} that it is within and {VerdictText.Odds(evidence.BlockLog)} that it is beyond, too little for either"
            : $"{found}; no evidence was gathered on the way, and the mean does not decide by count";
    }

    // The lowest and the highest that the drop could be, whatever the missing scores are.
    private static string Missing(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var drop = one.IsGated
            ? $" the drop lies between {NumberText.Value(one.Measure, measure.LowestDrop)} and {NumberText.Value(one.Measure, measure.HighestDrop, one.Tolerance)}; "
                + $"tolerance {NumberText.Tolerance(one.Measure, one.Tolerance)}"
            : " its drop is not gated";
        return $"{one.Measure.Key()}: with {NumberText.Scores(measure.Missing.Any)} missing of {measure.Declared}{VerdictText.OtherScorer(measure.Missing)}{drop}";
    }

    private static string Collapses(JudgedMeasure one) => one is { IsGated: true, Collapses.Rate: MeasureStanding.Undecided }
        ? $"; {one.Comparison.Collapses!.Count} of {NumberText.Prompts(one.Comparison.Read)} collapsed"
            + (one.Comparison.Missing.Any > 0 ? $", {one.Comparison.Missing.Any} more may have" : "")
            + $"; limit {NumberText.WrittenPercent(one.Basis.Policy.CollapseLimit)}"
        : "";

    private static string Floor(JudgedMeasure one) => one.Floor is { Standing: MeasureStanding.Undecided } open
        ? $"; the mean lies between {NumberText.Points(open.LowestMean, open.Floor)} and {NumberText.Points(open.HighestMean)}; floor {NumberText.Written(open.Floor)}"
        : "";

    private static bool IsTippedByMissing(JudgedMeasure one)
    {
        if (one.Floor is { Standing: MeasureStanding.Undecided } || one is { IsGated: true, Collapses.Rate: MeasureStanding.Undecided }) return true;
        if (!one.IsGated || one.Drop.Standing != MeasureStanding.Undecided || one.Comparison.Missing.Any == 0) return false;
        var allowed = MeasureSums.Allowed(one.Comparison.Declared, one.Tolerance);
        return one.Comparison.LowestSum <= allowed && one.Comparison.HighestSum > allowed;
    }
}
