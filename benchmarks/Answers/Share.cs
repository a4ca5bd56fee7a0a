using System.Globalization;

namespace RailCluster.Benchmarks;

/// <summary>A share of several, with its interval of 95 % by Wilson.</summary>
internal readonly record struct Share(int Part, int Whole)
{
    private const double Z = 1.959964;

    public static Share Of<T>(IReadOnlyCollection<T> all, Func<T, bool> counts) => new(all.Count(counts), all.Count);

    public double Value => Whole == 0 ? double.NaN : (double)Part / Whole;

    public (double Low, double High) Interval()
    {
        if (Whole == 0)
            return (double.NaN, double.NaN);
        double squared = Z * Z / Whole;
        double middle = (Value + squared / 2) / (1 + squared);
        double half = Z / (1 + squared) * Math.Sqrt(Value * (1 - Value) / Whole + squared / (4 * Whole));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    public override string ToString()
    {
        if (Whole == 0)
            return "none";
        (double low, double high) = Interval();
        return string.Create(CultureInfo.InvariantCulture, $"{100 * Value:0.0} % [{100 * low:0.0}, {100 * high:0.0}] ({Part}/{Whole})");
    }
}
