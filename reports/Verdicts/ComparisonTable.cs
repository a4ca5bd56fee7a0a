using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>One measure as a person sees it; dimensions in points, rates as shares.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Declared">Prompts that the suite declares for it.</param>
/// <param name="Baseline">The baseline's mean; for rates the share that behaved as hoped. Null for none.</param>
/// <param name="Checkpoint">The checkpoint's mean; null for none.</param>
/// <param name="Drop">Mean paired drop; positive is worse. Null for none.</param>
/// <param name="Interval">The confidence sequence of the drop; null where there is none.</param>
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
    Interval? Interval,
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

    /// <summary>How many prompts it is about, such as <c>42</c>, or <c>18 of 42</c> after an early stop.</summary>
    public string Asked => Read < Declared ? $"{Read} of {Declared}" : $"{Declared}";
}

/// <summary>All measures of a comparison, in order, with how they stand.</summary>
/// <param name="Rows">Ten rows.</param>
public sealed record ComparisonTable(ImmutableArray<ComparisonRow> Rows)
{
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
        measure.Interval,
        verdict.Tolerance,
        verdict.Standing,
        measure.Missing.Any,
        measure.Lost,
        measure.Regained)
    {
        Read = measure.Read,
    };
}
