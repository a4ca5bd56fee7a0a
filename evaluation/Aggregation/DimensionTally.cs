using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Adds up what was found on one dimension, and keeps the worst of it.</summary>
internal sealed class DimensionTally
{
    // A long histogram to which a short one is added shares its nodes with the sum.
    private ImmutableSortedDictionary<int, long> _known = ImmutableSortedDictionary<int, long>.Empty;
    private readonly Dictionary<int, long> _added = [];
    private readonly List<WorstCase> _worst = [];
    private long _count;
    private long _sum;
    private long _squares;
    private long _notApplicable;
    private long _unscorable;
    private long _failed;

    public void Add(string promptId, ScoreOutcome outcome)
    {
        switch (outcome)
        {
            case ScoreOutcome.Scored { Thousandths: var score }:
                Count(score, 1);
                _count++;
                _sum += score;
                _squares += (long)score * score;
                Keep(new WorstCase(promptId, score));
                break;
            case ScoreOutcome.NotApplicable: _notApplicable++; break;
            case ScoreOutcome.Unscorable: _unscorable++; break;
            case ScoreOutcome.Failed: _failed++; break;
            default: throw new InvalidOperationException($"unknown outcome {outcome.GetType().Name}");
        }
    }

    public void Add(DimensionSummary summary)
    {
        checked
        {
            _count += summary.Count;
            _sum += summary.Sum;
            _squares += summary.SumOfSquares;
            _notApplicable += summary.NotApplicable;
            _unscorable += summary.Unscorable;
            _failed += summary.Failed;
        }

        if (_known.IsEmpty) _known = summary.Histogram;
        else foreach (var (score, count) in summary.Histogram) Count(score, count);
    }

    public void Add(ImmutableArray<WorstCase> worst)
    {
        foreach (var one in worst) Keep(one);
    }

    public DimensionSummary ToSummary() => new(_count, _sum, _squares, Histogram(), _notApplicable, _unscorable, _failed);

    /// <summary>The worst, worst first, ties by prompt id.</summary>
    public ImmutableArray<WorstCase> Worst() => [.. _worst];

    private ImmutableSortedDictionary<int, long> Histogram()
    {
        if (_known.IsEmpty) return _added.ToImmutableSortedDictionary();
        var histogram = _known.ToBuilder();
        foreach (var (score, count) in _added) histogram[score] = checked(histogram.GetValueOrDefault(score) + count);
        return histogram.ToImmutable();
    }

    private void Count(int score, long count)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_added, score, out _);
        checked
        {
            known += count;
        }
    }

    private void Keep(WorstCase one)
    {
        if (_worst.Count == Summaries.WorstKept && Order(one, _worst[^1]) >= 0) return;
        var place = _worst.FindIndex(other => Order(one, other) < 0);
        _worst.Insert(place < 0 ? _worst.Count : place, one);
        if (_worst.Count > Summaries.WorstKept) _worst.RemoveAt(Summaries.WorstKept);
    }

    private static int Order(WorstCase one, WorstCase other) => one.Thousandths != other.Thousandths
        ? one.Thousandths.CompareTo(other.Thousandths)
        : string.CompareOrdinal(one.PromptId, other.PromptId);
}
