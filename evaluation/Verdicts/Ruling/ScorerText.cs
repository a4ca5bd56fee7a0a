using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What a verdict says of the scorer itself: that it moved, or that its scores waver.</summary>
internal static class ScorerText
{
    public static string Moved(KeyValuePair<Dimension, double> drift, string reference, Policy policy) =>
        $"the scorer moved by {NumberText.Points(drift.Value, policy.DriftTolerance)} on {drift.Key.Key()} between {reference} and checkpoint; "
        + $"tolerance {NumberText.Written(policy.DriftTolerance)}";

    /// <summary>What blocks as it was scored: reason to look, although nobody can tell it from the scorer's own move. None where nothing does.</summary>
    public static IEnumerable<string> BlockedAnyway(IEnumerable<JudgedMeasure> judged)
    {
        var blocking = judged.Where(one => one.Standing == MeasureStanding.Block).OrderByDescending(one => one.Severity).ToList();
        if (blocking.Count > 0) yield return $"beyond tolerance as it was scored: {string.Join(", ", blocking.Select(VerdictText.Short))}";
    }

    /// <summary>Golden answers that were not scored; none where all were.</summary>
    public static IEnumerable<string> Sentinels(Comparison comparison)
    {
        if (comparison.SentinelsFailed > 0)
            yield return $"the scorer failed on up to {comparison.SentinelsFailed} of its golden answers: how far it moved is known from the others alone";
    }

    public static string Wavers(JudgedMeasure one)
    {
        var (measure, noise) = (one.Comparison, one.Noise!);
        var key = VerdictText.Against(one) + measure.Measure.Key();
        if (noise.Value is not { } known)
            return $"{key}: how much the {VerdictText.Reference(one)}'s mean wavers was asked for and is not known: {one.Basis.Comparison.NoiseUnknown ?? "too few of its prompts were scored twice"}";
        return $"{key}: from one evaluation of the {VerdictText.Reference(one)} to the next its mean over {measure.Declared} prompts wavers by {NumberText.Value(measure.Measure, known, noise.Limit)} "
            + $"(standard deviation); a Pass bears a quarter of the tolerance, {Limit(measure, noise.Limit)}{Needed(noise)}";
    }

    /// <summary>What would make a Pass possible.</summary>
    public static string Quieter(List<JudgedMeasure> noisy)
    {
        if (noisy.Any(one => one.Noise!.Value is null)) return "mend what failed, then 'rail run retry' (or evaluate the baseline again with its repetitions)";
        var worst = noisy.MaxBy(one => one.Noise!.VotesNeeded ?? double.MaxValue)!;
        var key = worst.Comparison.Measure.Key();
        return worst.Noise!.PromptsNeeded is not { } prompts
            ? $"allow {key} a tolerance, or use a scorer and a generation that give the same again"
            : $"about {Count(prompts)} prompts that exercise {key} in place of {worst.Comparison.Declared}, or the mean of {Count(worst.Noise.VotesNeeded!.Value)} votes a prompt";
    }

    private static string Needed(JudgedNoise noise) => noise.PromptsNeeded is { } prompts
        ? $"; about {Count(prompts)} prompts, or {Count(noise.VotesNeeded!.Value)} votes a prompt, would be steady enough"
        : "; no number of prompts is enough for a tolerance of 0";

    private static string Count(double number) => number.ToString("0", CultureInfo.InvariantCulture);

    // A quarter of a round number has more digits than the number.
    private static string Limit(MeasureComparison measure, double limit) => measure.Measure.AsDimension() is null
        ? (100 * limit).ToString("0.0##", CultureInfo.InvariantCulture) + " %"
        : limit.ToString("0.00##", CultureInfo.InvariantCulture);
}
