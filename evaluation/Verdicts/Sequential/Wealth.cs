namespace RailCluster.Evaluation;

/// <summary>
/// Evidence against a hypothesis: what a bettor who began with 1 owns by now, as a number times a power of two, so that it neither overflows nor
/// vanishes over a long suite and is the same bits on every machine.
/// </summary>
/// <param name="Mantissa">0 or more.</param>
/// <param name="Exponent">Of two.</param>
public readonly record struct Wealth(double Mantissa, int Exponent) : IComparable<Wealth>
{
    /// <summary>What <see cref="Log"/> says of evidence that leaves no doubt; files hold no infinity.</summary>
    public const double CertainLog = 1_000_000;

    private const int Digits = 6;

    /// <summary>Before the first bet.</summary>
    public static Wealth One { get; } = new(1, 0);

    /// <summary>The hypothesis cannot be true any more.</summary>
    public static Wealth Certain { get; } = new(double.PositiveInfinity, 0);

    /// <summary>The hypothesis cannot be false any more.</summary>
    public static Wealth Nothing { get; } = new(0, 0);

    /// <summary>As one number: exact where a double can hold it, else infinite or 0.</summary>
    public double Value => Math.ScaleB(Mantissa, Exponent);

    /// <summary>Natural logarithm to six digits, from −1,000,000 to 1,000,000: to be shown, never to be decided on.</summary>
    public double Log => Math.Round(Math.Clamp(Math.Log(Mantissa) + Exponent * Math.Log(2), -CertainLog, CertainLog), Digits);

    // No exponent changes these.
    private bool IsExtreme => Mantissa == 0 || double.IsInfinity(Mantissa);

    /// <summary>Whether one is more than another.</summary>
    public static bool operator >(Wealth left, Wealth right) => left.CompareTo(right) > 0;

    /// <summary>Whether one is less than another.</summary>
    public static bool operator <(Wealth left, Wealth right) => left.CompareTo(right) < 0;

    /// <summary>Whether one is at least another.</summary>
    public static bool operator >=(Wealth left, Wealth right) => left.CompareTo(right) >= 0;

    /// <summary>Whether one is at most another.</summary>
    public static bool operator <=(Wealth left, Wealth right) => left.CompareTo(right) <= 0;

    /// <inheritdoc/>
    public int CompareTo(Wealth other) => Exponent == other.Exponent || IsExtreme || other.IsExtreme
        ? Mantissa.CompareTo(other.Mantissa)
        : Math.ScaleB(Mantissa, Exponent - other.Exponent).CompareTo(other.Mantissa);
}
