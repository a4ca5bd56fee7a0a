using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// The noise of a measure's mean against what a Pass can bear: a quarter of the tolerance. More noise never widens the tolerance, which would reward a
/// scorer for wavering; it takes the Pass away.
/// </summary>
internal sealed record JudgedNoise(double? Value, double Tolerance, int Prompts)
{
    private const double Part = 4;

    // Below this a tolerance is nothing, and no number of prompts is large enough.
    private const double Nothing = 1e-9;

    public double Limit => Tolerance / Part;

    /// <summary>Whether a Pass cannot rest on it; noise that was asked for and is not known counts as too large.</summary>
    public bool TooLarge => Value is not { } known || known > Limit;

    /// <summary>Prompts at which the noise would be at its limit: it falls with their root. Null where no number is enough, or the noise is not known.</summary>
    public double? PromptsNeeded => Ratio is { } ratio ? Math.Ceiling(Prompts * ratio * ratio) : null;

    /// <summary>Votes a prompt whose mean would be at the limit.</summary>
    public double? VotesNeeded => Ratio is { } ratio ? Math.Ceiling(ratio * ratio) : null;

    private double? Ratio => Value is { } known && Limit > Nothing ? known / Limit : null;

    /// <summary>Null where nobody asked for the noise.</summary>
    public static JudgedNoise? Of(MeasureComparison measure, Comparison comparison, double tolerance)
    {
        if (comparison.Noise.IsEmpty && comparison.NoiseUnknown is null) return null;
        double? known = comparison.NoiseUnknown is null && comparison.Noise.TryGetValue(measure.Measure, out var value) ? value : null;
        return new JudgedNoise(known, tolerance, measure.Declared);
    }
}
