namespace RailCluster.Evaluation;

/// <summary>
/// Evidence against "the mean is at most a bound", one-sided, value by value. Values are integers from 0 to a range. Either they are drawn from a
/// population, or they are all values of a suite in random order, and what was seen then leaves less to the rest. Under the hypothesis the chance that
/// <see cref="Largest"/> ever reaches 1/α is at most α, however often one looks.
/// </summary>
/// <remarks>Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting".</remarks>
public sealed class BettingProcess
{
    // Multiplying by a power of two is exact, so rescaling changes no bit of a wealth. A bettor poorer than the others by 2^-600 is out.
    private const int Step = 256;
    private static readonly double High = Math.ScaleB(1, Step);
    private static readonly double Low = Math.ScaleB(1, -Step);
    private static readonly double Ruined = Math.ScaleB(1, -900);

    private readonly IBets _bets;
    private readonly double[] _wealth;
    private readonly double[] _stakes;
    private readonly int _range;
    private readonly bool _isUsedUp;
    private readonly double _first;
    private decimal _rest;
    private int _left;
    private int _exponent;

    /// <summary>Begins with nothing seen.</summary>
    /// <param name="bets">How it bets; of this process alone.</param>
    /// <param name="range">The largest value, 1 or more.</param>
    /// <param name="bound">The bound on the mean, in the same unit; exact as long as it has at most fifteen digits.</param>
    /// <param name="units">Values in the suite; null for a population.</param>
    public BettingProcess(IBets bets, int range, decimal bound, int? units)
    {
        (_bets, _range, _isUsedUp) = (bets, range, units is not null);
        _left = units ?? 1;
        _rest = bound * _left;
        _first = (double)bound / range;
        _stakes = new double[bets.Bettors];
        _wealth = new double[bets.Bettors];
        Array.Fill(_wealth, 1);
        Settle();
    }

    /// <summary>The evidence now.</summary>
    public Wealth Current { get; private set; } = Wealth.One;

    /// <summary>The most evidence that there ever was: what was shown once stays shown.</summary>
    public Wealth Largest { get; private set; } = Wealth.One;

    private bool IsSettled => Current == Wealth.Certain || Current == Wealth.Nothing;

    /// <summary>Takes in the next value.</summary>
    /// <param name="sum">The value; the sum of them where members of a group count as one, by their mean.</param>
    /// <param name="members">Members of the group; 1 in a suite.</param>
    /// <param name="isBetOn">False for a value that was not drawn at random: it is used up and shows nothing.</param>
    public void Take(long sum, int members = 1, bool isBetOn = true)
    {
        if (sum < 0 || sum > (long)_range * members) throw new ArgumentOutOfRangeException(nameof(sum), sum, $"{members} values lie between 0 and {_range}");
        if (_left == 0) throw new InvalidOperationException("all values of the suite are in");
        if (isBetOn && !IsSettled) Bet(sum, members);
        if (!_isUsedUp) return;
        _rest -= sum;
        _left--;
        Settle();
    }

    private void Bet(long sum, int members)
    {
        if (_rest == 0)
        {
            // The hypothesis allows nothing but zeros.
            if (sum > 0) Settle(Wealth.Certain);
            return;
        }

        var mean = (double)_rest / ((double)_left * _range);
        var edge = (double)(sum * _left - _rest * members) / ((double)_left * members * _range);
        _bets.Place(_first, mean, _stakes);
        var total = 0.0;
        for (var k = 0; k < _wealth.Length; k++)
        {
            var wealth = _wealth[k] * (1 + _stakes[k] * edge);
            total += _wealth[k] = wealth < Ruined ? 0 : wealth;
        }

        _bets.See((double)sum / ((double)members * _range));
        Settle(new Wealth(Rescaled(total) / _wealth.Length, _exponent));
    }

    private double Rescaled(double total)
    {
        var shift = total > High ? -Step : total < Low ? Step : 0;
        if (shift == 0) return total;
        var factor = shift < 0 ? Low : High;
        for (var k = 0; k < _wealth.Length; k++) _wealth[k] *= factor;
        _exponent -= shift;
        return total * factor;
    }

    // What is left may leave no doubt, whatever the values still to come. When nothing is left, the mean is known and no process is needed.
    private void Settle()
    {
        if (_left == 0) return;
        if (_rest < 0) Settle(Wealth.Certain);
        else if (_rest >= (decimal)_left * _range) Settle(Wealth.Nothing);
    }

    private void Settle(Wealth wealth)
    {
        Current = wealth;
        if (wealth > Largest) Largest = wealth;
    }
}
