namespace RailCluster.Evaluation;

/// <summary>The variance of repeated scores within prompts, pooled over prompts; in squared thousandths.</summary>
internal sealed class WithinPrompts
{
    private double _squares;
    private long _freedom;

    /// <summary>Prompts with two scores or more.</summary>
    public int Prompts { get; private set; }

    public double Variance => _freedom == 0 ? 0 : _squares / _freedom;

    public void Add(List<int> values)
    {
        if (values.Count < 2) return;
        Prompts++;
        _freedom += values.Count - 1;
        var sum = values.Sum(value => (long)value);
        _squares += (values.Count * values.Sum(value => (long)value * value) - sum * sum) / (double)values.Count;
    }
}
