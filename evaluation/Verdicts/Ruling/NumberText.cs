using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Numbers in sentences, the same in every culture.</summary>
internal static class NumberText
{
    /// <summary>As a person wrote it: 0.5, not 0.50.</summary>
    public static string Written(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.0001 or >= 1e15 ? "R" : "0.###############", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>A share as a person would write it in per cent: 5 %, not 5.0 %.</summary>
    public static string WrittenPercent(double share) => Written((double)((decimal)share * 100)) + " %";

    /// <summary>A tolerance as written, in points or in per cent.</summary>
    public static string Tolerance(Measure measure, double value) => measure.AsDimension() is null ? WrittenPercent(value) : Written(value);

    /// <summary>With two digits, and more where it takes them to tell it from its limit.</summary>
    public static string Points(double value, double? limit = null) => Apart(value, limit);

    /// <summary>A share in per cent with one digit, and more where it takes them to tell it from its limit.</summary>
    public static string Percent(double share, double? limit = null) => Apart(share * 100, limit * 100, digits: 1) + " %";

    /// <summary>A drop of a measure, in points or in per cent.</summary>
    public static string Value(Measure measure, double value, double? limit = null) =>
        measure.AsDimension() is null ? Percent(value, limit) : Points(value, limit);

    /// <summary>A score in thousandths, with one digit.</summary>
    public static string Score(int thousandths) => (thousandths / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    public static string Prompts(int count) => count == 1 ? "1 prompt" : $"{count} prompts";

    public static string Scores(int count) => count == 1 ? "1 score" : $"{count} scores";

    public static string More(int count) => count > 0 ? $" and {count} more" : "";

    // As many digits as it takes to tell a value from its limit, and from nothing: "fell by 0.50; tolerance 0.5" explains no Block.
    private static string Apart(double value, double? limit, int digits = 2)
    {
        string Text(double number, int count) => number.ToString($"F{count}", CultureInfo.InvariantCulture).Replace('-', '−');
        if (value == 0 || value == limit || limit is null) return Text(value, digits);
        for (var count = digits; count <= 6; count++)
        {
            if (Text(value, count) != Text(limit.Value, count) && Text(Math.Abs(value), count) != Text(0, count)) return Text(value, count);
        }

        return Text(value, digits);
    }
}
