using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>All that a verdict is drawn from.</summary>
/// <param name="Comparison">Checkpoint against baseline.</param>
/// <param name="Sides">How the measures stand against the baseline, and against the anchor where there is one.</param>
/// <param name="Policy">What is tolerated.</param>
internal sealed record Ruling(Comparison Comparison, ImmutableArray<JudgedSide> Sides, Policy Policy)
{
    /// <summary>The measures of all sides, the baseline's first.</summary>
    public ImmutableArray<JudgedMeasure> Measures { get; } = [.. Sides.SelectMany(side => side.Measures)];

    /// <summary>Whether a suite is read in part only.</summary>
    public bool IsPartial { get; } = Sides.Any(side => side.Comparison.Sequential is { IsComplete: false });

    /// <summary>Gated measures that no verdict rests on.</summary>
    public ImmutableArray<Measure> NotJudged { get; } =
        [.. Sides[0].Measures.Where(one => one.Standing is MeasureStanding.NotJudged or MeasureStanding.Blind).Select(one => one.Measure)];

    /// <summary>What stands so, worst first.</summary>
    public List<JudgedMeasure> Standing(MeasureStanding standing) =>
        [.. Measures.Where(one => one.Standing == standing).OrderByDescending(one => one.Severity)];
}
