using System.Globalization;

namespace RailCluster.Reports;

/// <summary>Values on a straight axis.</summary>
/// <param name="Low">The value at <paramref name="Start"/>.</param>
/// <param name="High">The value at <paramref name="End"/>.</param>
/// <param name="Start">A place of the drawing.</param>
/// <param name="End">Another.</param>
internal sealed record AxisScale(double Low, double High, double Start, double End)
{
    private const int MostTicks = 7;

    private static readonly double[] Rounds = [1, 2, 5];

    public double At(double value) => Start + (Math.Clamp(value, Low, High) - Low) / (High - Low) * (End - Start);

    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>Round values within the axis, a few of them.</summary>
    public IEnumerable<double> Ticks()
    {
        var step = Step((High - Low) / MostTicks);
        for (var index = (int)Math.Ceiling(Low / step - 1e-9); index * step <= High + 1e-9; index++) yield return index * step;
    }

    /// <summary>A tick in as many decimals as it has.</summary>
    public static string Label(double tick) => (Math.Round(tick, 6) + 0.0).ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return Rounds.Append(10).Select(round => round * power).First(step => step >= least * (1 - 1e-9));
    }
}
