using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Something a verdict rests on, by name.</summary>
/// <param name="Name">Such as <c>suite</c>.</param>
/// <param name="Value">In words.</param>
public sealed record Provenance(string Name, string Value);

/// <summary>All that a reader is shown of one verdict, whatever it is shown on.</summary>
/// <param name="Baseline">The baseline's name.</param>
/// <param name="Checkpoint">The checkpoint's name.</param>
/// <param name="Comparison">Checkpoint against baseline.</param>
/// <param name="Verdict">The verdict on it.</param>
public sealed record VerdictReport(string Baseline, string Checkpoint, Comparison Comparison, Verdict Verdict)
{
    /// <summary>The prompts to look at first.</summary>
    public ImmutableArray<WorstPrompt> Worst { get; init; } = [];

    /// <summary>What the verdict rests on.</summary>
    public ImmutableArray<Provenance> RestsOn { get; init; } = [];

    /// <summary>The run's checkpoints; null where the verdict belongs to no run, or to one with a single checkpoint.</summary>
    public RunTrend? Trend { get; init; }

    /// <summary>Where the suite comes from; null where that is not at hand.</summary>
    public SuiteHeader? Suite { get; init; }

    /// <summary>The anchor's name; null where it has none, or there is no anchor.</summary>
    public string? Anchor { get; init; }

    /// <summary>Every prompt's scores on every measure that it is declared for, read when they are written; empty where they are not at hand.</summary>
    public IEnumerable<PromptScore> Scores { get; init; } = [];

    /// <summary>That the verdict was drawn early, what that saved and what would overturn it, in a sentence; null where the whole suite was asked.</summary>
    public string? Early => Verdict.Stopped is { } stopped
        ? $"drawn after {stopped.Read} of {stopped.Total} prompts, which saved {stopped.Total - stopped.Read}; what would overturn it: {stopped.Overturn}"
        : null;

    /// <summary>The measures in rows.</summary>
    public ComparisonTable Table => ComparisonTable.Of(Comparison, Verdict);

    /// <summary>The measures against the anchor; null where there is none, or nothing was decided on it.</summary>
    public ComparisonTable? AnchorTable => Comparison.Anchor is { } anchor && !Verdict.Anchor.IsEmpty
        ? ComparisonTable.Of(anchor, Verdict with { Measures = Verdict.Anchor })
        : null;

    /// <summary>The trade of safety for a task in a sentence, which is one of the verdict's reasons; null where there is none.</summary>
    public string? Trade => Comparison.Tasks
        .Where(task => task.Baseline is not null)
        .Select(task => TaskTrade.Describe(task.Baseline!, task.Checkpoint, Comparison, Verdict))
        .FirstOrDefault(trade => trade is not null);

    /// <summary>The same with what explains the prompts to look at first.</summary>
    /// <param name="explanations">Of those prompts and any others.</param>
    public VerdictReport Explained(IEnumerable<PromptExplanation> explanations)
    {
        var known = explanations.ToDictionary(one => one.PromptId, StringComparer.Ordinal);
        return this with { Worst = [.. Worst.Select(prompt => prompt with { Explanation = known.GetValueOrDefault(prompt.Id) ?? prompt.Explanation })] };
    }
}
