using System.Globalization;

namespace RailCluster.Benchmarks;

/// <summary>One figure: a ratio to something measured in the same run, or a share, with the bound that it is held to.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Kind">The model's kind.</param>
/// <param name="Value">The figure.</param>
/// <param name="Bound">What it should be at least, or at most where <paramref name="AtMost"/>; null where it only stands beside another.</param>
/// <param name="Detail">What the figure was made from.</param>
/// <param name="AtMost">Whether the bound is an upper one.</param>
internal sealed record Figure(string Name, string Kind, double Value, double? Bound, string Detail, bool AtMost = false)
{
    public string Line()
    {
        string bound = Bound is { } value ? string.Create(CultureInfo.InvariantCulture, $"{(AtMost ? "<=" : ">=")} {value} {(Holds ? "holds" : "DOES NOT HOLD")}") : "beside";
        return string.Create(CultureInfo.InvariantCulture, $"{Name,-34} {Kind,-5} {Value,7:0.000}  {bound,-22} {Detail}");
    }

    public bool Holds => Bound is not { } bound || (AtMost ? Value <= bound : Value >= bound);

    /// <summary>The middle one of several measurements.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
