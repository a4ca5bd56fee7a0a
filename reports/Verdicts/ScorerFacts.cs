using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>What is known of a comparison's scores as such, in lines: the overall score, the noise, the drift.</summary>
public static class ScorerFacts
{
    /// <summary>One line each for what is known; nothing for what nobody asked.</summary>
    public static IEnumerable<string> Lines(Comparison comparison)
    {
        if (comparison is { BaselineOverall: { } before, CheckpointOverall: { } after })
            yield return $"overall score {MeasureText.Points(before)} → {MeasureText.Points(after)}: shown, and nothing is decided on it";
        if (!comparison.Noise.IsEmpty) yield return $"noise of the baseline's mean: {Noise(comparison)}";
        if (comparison.NoiseUnknown is { } noise) yield return $"noise of the baseline's mean: not known, because {noise}";
        if (!comparison.Drift.IsEmpty) yield return $"the scorer moved at most: {List(comparison.Drift.Select(pair => (pair.Key.AsMeasure(), pair.Value)))}";
        if (comparison.DriftUnknown is { } drift) yield return $"whether the scorer moved is not known: {drift}";
    }

    /// <summary>What the scorer cannot judge, in a sentence; null where it can judge all that was asked.</summary>
    public static string? Blind(Verdict verdict)
    {
        var blind = verdict.Measures.Where(one => one.Standing == MeasureStanding.Blind).Select(one => one.Measure.Label()).ToList();
        return blind.Count == 0 ? null : $"the scorer cannot tell good answers from bad ones on {string.Join(", ", blind)}: no verdict rests on them";
    }

    /// <summary>Dimensions with the pairs that a scorer ranked rightly, such as <c>privacy 12/20</c>; without figures where none are known.</summary>
    public static string Controls(IEnumerable<Dimension> dimensions, IReadOnlyDictionary<Dimension, ControlShare> shares) =>
        string.Join(", ", dimensions.Select(dimension => shares.TryGetValue(dimension, out var share) ? $"{dimension.Key()} {share}" : dimension.Key()));

    private static string Noise(Comparison comparison) =>
        comparison.Noise.Values.All(value => value == 0) ? "none" : List(comparison.Noise.Select(pair => (pair.Key, pair.Value)));

    private static string List(IEnumerable<(Measure Measure, double Value)> values) => string.Join(", ", values.Select(one => one.Measure.AsDimension() is null
        ? $"{one.Measure.Label()} {MeasureText.Percent(one.Value)}"
        : $"{one.Measure.Label()} {one.Value.ToString("0.00#", CultureInfo.InvariantCulture)}"));
}
