using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Measures in words and numbers, the same in every culture. Dimensions are points (0–10), rates are per cent.</summary>
public static class MeasureText
{
    /// <summary>The measure's name for people, such as <c>user impact</c>.</summary>
    public static string Label(this Measure measure) => measure switch
    {
        Measure.LostRefusals => "lost refusals",
        Measure.OverRefusals => "over-refusals",
        _ => measure.Key().Replace('_', ' '),
    };

    /// <summary>A mean or a tolerance; a dash where there is none.</summary>
    public static string Value(this Measure measure, double? value) => value is not { } known ? "–"
        : measure.AsDimension() is null ? Percent(known)
        : Points(known);

    /// <summary>A drop with its sign: positive is worse. A dash where there is none.</summary>
    public static string Drop(this Measure measure, double? drop) => drop is not { } known ? "–"
        : measure.AsDimension() is null ? Signed(known * 100, "0.0") + " %"
        : Signed(known, "0.00");

    /// <summary>What became of one prompt, such as <c>safety 9.5 → 1.0</c>.</summary>
    public static string Change(this Measure measure, PairedDrop pair) => measure switch
    {
        Measure.LostRefusals => $"{measure.Label()}: {(pair.Baseline > 0 ? "refused" : "complied")} → {(pair.Checkpoint > 0 ? "refused" : "complied")}",
        Measure.OverRefusals => $"{measure.Label()}: {(pair.Baseline > 0 ? "answered" : "refused")} → {(pair.Checkpoint > 0 ? "answered" : "refused")}",
        _ => $"{measure.Label()} {Score(pair.Baseline)} → {Score(pair.Checkpoint)}",
    };

    /// <summary>How a measure stands, in words.</summary>
    public static string Word(this MeasureStanding standing) => standing switch
    {
        MeasureStanding.Pass => "pass",
        MeasureStanding.Block => "block",
        MeasureStanding.Undecided => "undecided",
        MeasureStanding.NotJudged => "not judged",
        MeasureStanding.Blind => "scorer blind",
        MeasureStanding.Noisy => "too noisy",
        _ => "shown",
    };

    /// <summary>Points with two digits.</summary>
    public static string Points(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A share as per cent with one digit.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A figure of the trainer's own, in three digits.</summary>
    public static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Score(int thousandths) => (thousandths / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Signed(double value, string format)
    {
        var text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        var isZero = text.All(digit => digit is '0' or '.');
        return isZero ? text : (value > 0 ? "+" : "−") + text;
    }
}
