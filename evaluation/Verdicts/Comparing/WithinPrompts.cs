using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The variance of repeated scores within prompts, pooled over prompts; in squared thousandths.</summary>
internal sealed class WithinPrompts
{
    private double _squares;
    private long _freedom;

    /// <summary>Prompts with two scores or more.</summary>
    public int Prompts { get; private set; }

    public double Variance => _freedom == 0 ? 0 : _squares / _freedom;

    /// <summary>What the scorer of the first response scored: two rulers give no spread. A response without a name counts as the first's.</summary>
    public static IEnumerable<ScoredResponse> OfOneScorer(IReadOnlyList<ScoredResponse> responses)
    {
        var first = responses.Select(response => response.Scorer).FirstOrDefault(scorer => scorer is not null);
        return responses.Where(response => response.Scorer is null || response.Scorer == first);
    }

    public void Add(List<int> values)
    {
        if (values.Count < 2) return;
        Prompts++;
        _freedom += values.Count - 1;
        var sum = values.Sum(value => (long)value);
        _squares += (values.Count * values.Sum(value => (long)value * value) - sum * sum) / (double)values.Count;
    }
}
