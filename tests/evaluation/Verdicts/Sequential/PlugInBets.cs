namespace RailCluster.Evaluation.Tests;

/// <summary>One bettor whose stake follows the spread seen so far: what the golden numbers were made with.</summary>
internal sealed class PlugInBets(double alpha) : IBets
{
    private readonly double _price = 2 * Math.Log(1 / alpha);
    private double _sum;
    private double _squares = 0.25;
    private int _seen;

    /// <summary>The stakes that it would have placed, had it no limit.</summary>
    public List<double> Unclipped { get; } = [];

    public int Bettors => 1;

    public void Place(double first, double mean, Span<double> stakes)
    {
        var variance = _squares / (_seen + 1);
        Unclipped.Add(Math.Sqrt(_price / (variance * (_seen + 1) * Math.Log(_seen + 2))));
        stakes[0] = Math.Min(Unclipped[^1], 0.5 / mean);
    }

    public void See(double value)
    {
        _seen++;
        _sum += value;
        var mean = (0.5 + _sum) / (_seen + 1);
        _squares += (value - mean) * (value - mean);
    }
}
