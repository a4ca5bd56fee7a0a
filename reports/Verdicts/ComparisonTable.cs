using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>An interval, shown and never decided on.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
public sealed record DropInterval(double Low, double High)
{
    /// <summary>Probability that one end holds.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether it holds at every look together (a confidence sequence); else it rests on the spread of the pairs, at one look.</summary>
    public bool HoldsAlways { get; init; }
}

/// <summary>One measure as a person sees it; dimensions in points, rates as shares.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Declared">Prompts that the suite declares for it.</param>
/// <param name="Baseline">The baseline's mean; for rates the share that behaved as hoped. Null for none.</param>
/// <param name="Checkpoint">The checkpoint's mean; null for none.</param>
/// <param name="Drop">Mean paired drop; positive is worse. Null for none.</param>
/// <param name="Interval">The confidence sequence where there is one, else 95 % by the spread of the pairs; null below two pairs.</param>
/// <param name="Tolerance">The drop that is tolerated.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Missing">Prompts without a score on at least one side.</param>
/// <param name="Lost">Prompts that got worse.</param>
/// <param name="Regained">Prompts that got better.</param>
public sealed record ComparisonRow(
    Measure Measure,
    int Declared,
    double? Baseline,
    double? Checkpoint,
    double? Drop,
    DropInterval? Interval,
    double Tolerance,
    MeasureStanding Standing,
    int Missing,
    int Lost,
    int Regained)
{
    /// <summary>Whether it is a share of prompts rather than points.</summary>
    public bool IsRate => Measure.AsDimension() is null;

    /// <summary>Prompts of <see cref="Declared"/> that were read; fewer after an early stop.</summary>
    public int Read { get; init; } = Declared;
}

/// <summary>All measures of a comparison, in order, with how they stand.</summary>
/// <param name="Rows">Ten rows.</param>
public sealed record ComparisonTable(ImmutableArray<ComparisonRow> Rows)
{
    private const double Normal95 = 1.959964;

    /// <summary>Joins a comparison with the verdict on it.</summary>
    public static ComparisonTable Of(Comparison comparison, Verdict verdict)
    {
        var verdicts = verdict.Measures.ToDictionary(one => one.Measure);
        return new ComparisonTable([.. comparison.Measures.Select(measure => Row(measure, verdicts[measure.Measure]))]);
    }

    private static ComparisonRow Row(MeasureComparison measure, MeasureVerdict verdict) => new(
        measure.Measure,
        measure.Declared,
        measure.BaselineMean,
        measure.CheckpointMean,
        measure.Drop,
        Interval(measure),
        verdict.Tolerance,
        verdict.Standing,
        measure.Missing.Any,
        measure.Lost,
        measure.Regained)
    {
        Read = measure.Read,
    };

    // No drop is larger than the scale: 10 points, or every prompt.
    private static DropInterval? Interval(MeasureComparison measure)
    {
        if (measure.Interval is { } known) return new DropInterval(known.Low, known.High) { Level = known.Level, HoldsAlways = true };
        if (measure is not { Drop: { } drop, StandardError: { } error }) return null;
        var most = measure.Measure.AsDimension() is null ? 1 : 10;
        return new DropInterval(Math.Max(drop - Normal95 * error, -most), Math.Min(drop + Normal95 * error, most));
    }
}
