using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Roughly how many prompts a measure needs until the evidence is enough, were the drop and the spread to stay as they were seen. A bet of share λ on a gap g with
/// variance v gains about λg − λ²(v + g²)/2 a prompt, in logarithms; the best λ is g/(v + g²), or the largest that is allowed. The mixture of bets costs about 1.5.
/// </summary>
internal static class PromptsNeeded
{
    private const double MixtureCost = 1.5;
    private const double LargestBet = 0.95;
    private const int Most = 100_000;

    /// <summary>Prompts of the measure, those that were read included; null where nothing can be said, as where the drop seen is the tolerance itself.</summary>
    public static int? For(JudgedMeasure one)
    {
        if (one is not { IsGated: true, Drop.Standing: MeasureStanding.Undecided, Comparison: { Drop: { } drop, StandardError: { } error } measure }) return null;
        if (one.Basis.Comparison.Sequential is not { } reading) return null;
        var scale = MeasureScale.Of(one.Measure);
        var range = scale.Range / 1000.0;
        var gap = Math.Abs(drop - one.Tolerance) / range;
        var isWorse = drop > one.Tolerance;
        // What is bet against: the tolerance as a share of the scale, from the side that the claim needs.
        var mean = isWorse ? (one.Tolerance - scale.Lowest / 1000.0) / range : (scale.Highest / 1000.0 - one.Tolerance) / range;
        var variance = Math.Pow(error / range, 2) * measure.Paired;
        if (gap <= 0 || mean <= 0) return null;
        // All gated measures share what a Block may spend; a Pass needs each by itself.
        var share = isWorse ? reading.Alpha / Math.Max(1, reading.Measures.Length) : reading.Alpha;
        var bet = Math.Min(gap / (variance + gap * gap), LargestBet / mean);
        var gain = bet * gap - bet * bet * (variance + gap * gap) / 2;
        var prompts = Math.Ceiling((Math.Log(1 / share) + MixtureCost) / gain);
        var needed = prompts >= Most ? Most : Math.Max(Rounded(prompts), measure.Read + 1);
        // Once all are in, the count decides.
        return one.Basis is { IsCounted: true, IsPartial: true } ? Math.Min(needed, measure.Declared) : needed;
    }

    /// <summary>In words.</summary>
    public static string Text(int prompts) => prompts >= Most
        ? $"more than {Most.ToString("#,0", CultureInfo.InvariantCulture)} prompts"
        : $"about {prompts.ToString("#,0", CultureInfo.InvariantCulture)} prompts";

    // A guess has two digits.
    private static int Rounded(double prompts)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(prompts)) - 1));
        return (int)(Math.Ceiling(prompts / unit) * unit);
    }
}
