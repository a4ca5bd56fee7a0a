using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Summaries of scored answers. Everything is an integer, so that any grouping and any order of merges gives the same record; sums overflow
/// loudly, never silently.
/// </summary>
public static class Summaries
{
    /// <summary>How many of the worst answers a dimension keeps.</summary>
    public const int WorstKept = 10;

    /// <summary>Summarises answers. A dimension counts only the prompts that exercise it.</summary>
    public static CheckpointSummary Of(IEnumerable<(SuitePrompt Prompt, ScoredResponse Response)> answers)
    {
        var list = answers.ToList();
        var dimensions = ImmutableSortedDictionary.CreateBuilder<Dimension, DimensionSummary>();
        var worst = ImmutableSortedDictionary.CreateBuilder<Dimension, ImmutableArray<WorstCase>>();
        foreach (var dimension in Dimensions.All)
        {
            var outcomes = list
                .Where(answer => answer.Prompt.Dimensions.Contains(dimension) && answer.Response.Scores.ContainsKey(dimension))
                .Select(answer => (answer.Prompt.Id, Outcome: answer.Response.Scores[dimension]))
                .ToList();
            if (outcomes.Count == 0) continue;
            dimensions.Add(dimension, Of(outcomes.ConvertAll(outcome => outcome.Outcome)));
            worst.Add(dimension, Worst(outcomes
                .Where(outcome => outcome.Outcome is ScoreOutcome.Scored)
                .Select(outcome => new WorstCase(outcome.Id, ((ScoreOutcome.Scored)outcome.Outcome).Thousandths))));
        }

        var refusals = list.Count(answer => answer.Response.Refused == true);
        return new CheckpointSummary(list.Count, refusals, dimensions.ToImmutable(), worst.ToImmutable());
    }

    /// <summary>Merges two summaries of different answers.</summary>
    public static CheckpointSummary Merge(CheckpointSummary left, CheckpointSummary right) => new(
        checked(left.Prompts + right.Prompts),
        checked(left.Refusals + right.Refusals),
        Join(left.Dimensions, right.Dimensions, Merge),
        Join(left.Worst, right.Worst, (one, other) => Worst(one.Concat(other))));

    private static DimensionSummary Of(List<ScoreOutcome> outcomes)
    {
        var scores = outcomes.OfType<ScoreOutcome.Scored>().Select(scored => scored.Thousandths).ToList();
        return new DimensionSummary(
            scores.Count,
            scores.Sum(score => (long)score),
            scores.Sum(score => (long)score * score),
            scores.CountBy(score => score).ToImmutableSortedDictionary(pair => pair.Key, pair => (long)pair.Value),
            outcomes.OfType<ScoreOutcome.NotApplicable>().Count(),
            outcomes.OfType<ScoreOutcome.Unscorable>().Count(),
            outcomes.OfType<ScoreOutcome.Failed>().Count());
    }

    private static DimensionSummary Merge(DimensionSummary left, DimensionSummary right) => checked(new DimensionSummary(
        left.Count + right.Count,
        left.Sum + right.Sum,
        left.SumOfSquares + right.SumOfSquares,
        Join(left.Histogram, right.Histogram, (one, other) => checked(one + other)),
        left.NotApplicable + right.NotApplicable,
        left.Unscorable + right.Unscorable,
        left.Failed + right.Failed));

    private static ImmutableSortedDictionary<TKey, TValue> Join<TKey, TValue>(
        ImmutableSortedDictionary<TKey, TValue> left,
        ImmutableSortedDictionary<TKey, TValue> right,
        Func<TValue, TValue, TValue> merge)
        where TKey : notnull
    {
        var joined = left.ToBuilder();
        foreach (var (key, value) in right) joined[key] = joined.TryGetValue(key, out var known) ? merge(known, value) : value;
        return joined.ToImmutable();
    }

    private static ImmutableArray<WorstCase> Worst(IEnumerable<WorstCase> cases) =>
        [.. cases.OrderBy(one => one.Thousandths).ThenBy(one => one.PromptId, StringComparer.Ordinal).Take(WorstKept)];
}
