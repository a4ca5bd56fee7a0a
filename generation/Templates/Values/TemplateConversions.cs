using System.Globalization;
using System.Numerics;

namespace RailCluster.Generation;

/// <summary>Numbers from values and texts, as Python's <c>int</c> and <c>float</c> read them.</summary>
internal static class TemplateConversions
{
    /// <summary>A value as a whole number; null where it is none.</summary>
    public static object? Whole(object? value, TemplatePlace at) => value switch
    {
        TemplateUndefined missing => throw missing.Error(at.Position),
        bool flag => flag ? 1L : 0L,
        long => value,
        double number => double.IsFinite(number) ? TemplateNumbers.Fit(new BigInteger(number), at) : null,
        string or TemplateMarkup when WholeOf(TemplateValues.Plain(value)) is { } whole => TemplateNumbers.Fit(whole, at),
        string or TemplateMarkup when RealOf(TemplateValues.Plain(value)) is { } real && double.IsFinite(real) => TemplateNumbers.Fit(new BigInteger(real), at),
        _ => null,
    };

    /// <summary>A value as a real number; null where it is none.</summary>
    public static double? Real(object? value, TemplatePlace at) => value switch
    {
        TemplateUndefined missing => throw missing.Error(at.Position),
        string or TemplateMarkup => RealOf(TemplateValues.Plain(value)),
        _ when TemplateNumbers.IsNumber(value) => TemplateNumbers.Real(value),
        _ => null,
    };

    // Long digits are no number that fits, and reading them takes long.
    private static BigInteger? WholeOf(string text)
    {
        string digits = Digits(text);
        const NumberStyles style = NumberStyles.AllowLeadingSign;
        return digits.Length <= 40 && BigInteger.TryParse(digits, style, CultureInfo.InvariantCulture, out BigInteger number) ? number : null;
    }

    private static double? RealOf(string text)
    {
        string digits = Digits(text);
        string word = digits.TrimStart('+', '-').ToLowerInvariant();
        if (digits.Length - word.Length < 2 && word is "inf" or "infinity" or "nan")
            return word == "nan" ? double.NaN : digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return digits.Any(char.IsAsciiDigit) && double.TryParse(digits, style, CultureInfo.InvariantCulture, out double number) ? number : null;
    }

    // Single underscores may stand between digits.
    private static string Digits(string text)
    {
        string trimmed = text.AsSpan().Trim(PythonText.Spaces).ToString();
        bool right = true;
        for (int i = 0; i < trimmed.Length; i++)
            right &= trimmed[i] != '_' || (i > 0 && i + 1 < trimmed.Length && char.IsAsciiDigit(trimmed[i - 1]) && char.IsAsciiDigit(trimmed[i + 1]));
        return right ? trimmed.Replace("_", "", StringComparison.Ordinal) : "";
    }
}
