namespace RailCluster.Evaluation;

/// <summary>
/// A lower bound on a mean of values from 0 to 1 that holds at every look together, by the empirical Bernstein inequality with stakes that depend
/// on what was seen before. With the size of a suite given, the values are drawn from it without putting back, and the bound is on the suite's mean.
/// </summary>
/// <remarks>Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting". Shown, never decided on.</remarks>
/// <param name="alpha">The chance that it ever fails.</param>
/// <param name="units">Values in the suite; null for a population.</param>
public sealed class EmpiricalBernstein(double alpha, int? units)
{
    private const double LargestStake = 0.5;

    private readonly double _price = Math.Log(1 / alpha);
    private int _seen;
    private double _used;
    private int _bets;
    private double _sum;
    private double _squares = 0.25;
    private double _won;
    private double _paid;
    private double _staked;

    /// <summary>The best bound so far; 0 before there is one.</summary>
    public double Lower { get; private set; }

    /// <summary>The bound by the values up to now alone.</summary>
    public double Current { get; private set; }

    /// <summary>Takes in the next value.</summary>
    /// <param name="value">0 to 1.</param>
    /// <param name="isBetOn">False for a value that was not drawn at random: it is used up and shows nothing.</param>
    public void Take(double value, bool isBetOn = true)
    {
        var left = units - _seen;
        if (isBetOn)
        {
            // Of a suite, the mean of what is left is (N·μ − what is used)/left. The squares are t times the variance.
            var stake = Math.Min(LargestStake, Math.Sqrt(2 * _price / (_squares * Math.Log(_bets + 2))));
            var off = value - (_bets == 0 ? 0 : _sum / _bets);
            _won += stake * (value + (left is null ? 0 : _used / left.Value));
            _paid += off * off * (-Math.Log(1 - stake) - stake);
            _staked += stake * (left is null ? 1 : (double)units!.Value / left.Value);
            Current = (_won - _price - _paid) / _staked;
            Lower = Math.Max(Lower, Current);
            _bets++;
            _sum += value;
            var mean = (0.5 + _sum) / (_bets + 1);
            _squares += (value - mean) * (value - mean);
        }

        _seen++;
        _used += value;
        // The values that are left are 0 at the least.
        if (units is not null) Lower = Math.Max(Lower, _used / units.Value);
    }
}
