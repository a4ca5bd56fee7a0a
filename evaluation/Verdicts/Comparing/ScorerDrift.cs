using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Whether the two sides of a comparison were scored by one ruler. A scorer that moved before both were scored misleads no paired comparison, so
/// what counts is how far its readings on both sides lie apart, not how far they lie from the first ever taken.
/// </summary>
internal static class ScorerDrift
{
    private const double Thousand = 1000;

    /// <summary>
    /// By how many points the readings of both sides together differ at most, by dimension. For a side without a reading stands the first ever
    /// taken, which every reading counts from.
    /// </summary>
    public static ImmutableSortedDictionary<Dimension, double> Of(ComparisonFacts facts)
    {
        var drift = ImmutableSortedDictionary.CreateBuilder<Dimension, double>();
        foreach (var dimension in Dimensions.All)
        {
            var (before, after) = (Read(facts.BaselineSentinels, dimension), Read(facts.CheckpointSentinels, dimension));
            if (before.Count + after.Count == 0) continue;
            var all = before.Concat(after).Concat(before.Count == 0 || after.Count == 0 ? [0L] : []).ToList();
            drift.Add(dimension, (all.Max() - all.Min()) / Thousand);
        }

        return drift.ToImmutable();
    }

    /// <summary>Why nobody knows whether the scorer moved; null where that is known, or nobody looked.</summary>
    public static string? Unknown(ComparisonFacts facts) =>
        Unread("baseline", facts.BaselineSentinels) ?? Unread("checkpoint", facts.CheckpointSentinels);

    /// <summary>Golden answers that were not scored, the worst time.</summary>
    public static int Failed(ComparisonFacts facts) =>
        facts.BaselineSentinels.Concat(facts.CheckpointSentinels).Select(reading => reading.Failed).DefaultIfEmpty(0).Max();

    private static List<long> Read(ImmutableArray<SentinelReading> readings, Dimension dimension) =>
        [.. readings.Where(reading => reading.Drift.ContainsKey(dimension)).Select(reading => (long)reading.Drift[dimension])];

    private static string? Unread(string side, ImmutableArray<SentinelReading> readings) => readings.IsEmpty || readings.Any(reading => !reading.Drift.IsEmpty)
        ? null
        : readings.All(reading => reading.Answered == 0)
            ? $"the scorer answered none of its {readings.Max(reading => reading.Failed)} golden answers while the {side} was scored"
            : $"there is no whole first reading of the scorer's golden answers to count from: {readings.Max(reading => reading.Failed)} failed while the {side} was scored";
}
