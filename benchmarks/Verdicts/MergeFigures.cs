using System.Collections.Immutable;
using System.Diagnostics;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>Merges the summaries of a large suite's shards, all at once and one after another as an aggregator gets them.</summary>
internal static class MergeFigures
{
    private const int Categories = 40;
    private const double Limit = 2;

    public static IReadOnlyList<Figure> Measure(int shards, int prompts)
    {
        List<CheckpointSummary> summaries = [.. Enumerable.Range(0, shards).Select(shard => Summary(shard, prompts / shards))];
        // Compiled beforehand: a cluster merges all day.
        Summaries.Merge(summaries.Take(20));
        (double atOnce, CheckpointSummary whole) = Time(() => Summaries.Merge(summaries));
        (double inTurn, CheckpointSummary same) = Time(() => summaries.Aggregate(CheckpointSummary.Empty, Summaries.Merge));
        if (CanonicalHash.Of(whole) != CanonicalHash.Of(same))
            throw new InvalidOperationException("two ways to merge gave two summaries");
        string size = FormattableString.Invariant($"{shards} shards, {prompts} prompts, 8 dimensions, {Categories} categories");
        return
        [
            new Figure("merge at once, to 2 s", "", atOnce / Limit, 1, FormattableString.Invariant($"{atOnce:0.000} s; {size}"), AtMost: true),
            new Figure("merge one after another, to 2 s", "", inTurn / Limit, null, FormattableString.Invariant($"{inTurn:0.000} s; the same bytes")),
        ];
    }

    private static (double Seconds, CheckpointSummary Merged) Time(Func<CheckpointSummary> merge)
    {
        var watch = Stopwatch.StartNew();
        CheckpointSummary merged = merge();
        return (watch.Elapsed.TotalSeconds, merged);
    }

    // Scores of every thousandth, so that histograms are as long as they can be.
    private static CheckpointSummary Summary(int shard, int prompts)
    {
        var random = new SplitMix64((ulong)shard);
        return Summaries.Of(Enumerable.Range(0, prompts).Select(index =>
        {
            var prompt = new SuitePrompt(
                FormattableString.Invariant($"p-{shard:D4}-{index:D4}"), new PromptInput.Text("?"), FormattableString.Invariant($"category-{index % Categories}"),
                ExpectedBehaviour.Any, Dimensions.All);
            return (prompt, new ScoredResponse(prompt.Id, Dimensions.All.ToImmutableSortedDictionary(dimension => dimension, _ => (ScoreOutcome)Score(random.Next() % 10_001)), false));
        }));
    }

    private static ScoreOutcome.Scored Score(ulong thousandths) => new((int)thousandths, thousandths / 1000.0, 1);
}
