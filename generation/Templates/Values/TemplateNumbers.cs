using System.Globalization;
using System.Numerics;

namespace RailCluster.Generation;

/// <summary>Numbers as Python reckons with them; whole ones go up to 64 bits, and what goes beyond is an error.</summary>
internal static class TemplateNumbers
{
    /// <summary>Whether a value is a number; true and false are.</summary>
    public static bool IsNumber(object? value) => value is bool or long or double;

    /// <summary>A whole number; false for others, unless they are whole in value.</summary>
    public static bool TryWhole(object? value, out long number)
    {
        number = value switch { bool flag => flag ? 1 : 0, long whole => whole, double real when IsWhole(real) => (long)real, _ => 0 };
        return value is bool or long || (value is double part && IsWhole(part));
    }

    /// <summary>A number as a real one.</summary>
    public static double Real(object? value) => value is double real ? real : TryWhole(value, out long number) ? number : double.NaN;

    /// <summary>Whether two numbers are equal.</summary>
    public static bool AreEqual(object? left, object? right) => TryWhole(left, out long a)
        ? TryWhole(right, out long b) && a == b
        : !TryWhole(right, out _) && Real(left) == Real(right);

    /// <summary>What an operator makes of two numbers.</summary>
    public static object Calculate(string name, object? left, object? right, TemplatePlace at)
    {
        bool whole = left is not double && right is not double;
        (double a, double b) = (Real(left), Real(right));
        if (name is "/" or "//" or "%" && b == 0)
            throw at.Error("the template divides by zero");
        if (whole && name is not "/")
        {
            TryWhole(left, out long m);
            TryWhole(right, out long n);
            return name == "**" && n < 0 ? Power(m, n, at) : Fit(Whole(name, m, n, at), at);
        }

        return name switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "/" => a / b,
            "//" => Quotient(a, b),
            "%" => Remainder(a, b),
            _ => Power(a, b, at),
        };
    }

    /// <summary>A real number as Python shows it.</summary>
    public static string Show(double number)
    {
        if (!double.IsFinite(number))
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        string sign = double.IsNegative(number) ? "-" : "";
        string digits = Digits(Math.Abs(number).ToString("R", CultureInfo.InvariantCulture), out int exponent);
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        digits = digits.PadRight(exponent + 2, '0');
        return $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Rounds to digits after the point, halves to even, as Python's <c>round</c> does on the exact value.</summary>
    public static double Round(double number, int digits)
    {
        if (!double.IsFinite(number) || digits > 300)
            return number;
        if (digits < 0)
            return Math.Round(number / Math.Pow(10, -digits), MidpointRounding.ToEven) * Math.Pow(10, -digits);
        // The formatter works on the exact binary value; only true halves need care.
        return digits == 0 ? Math.Round(number, MidpointRounding.ToEven) : double.Parse(Exact(number, digits), CultureInfo.InvariantCulture);
    }

    /// <summary>A number with so many digits after the point, halves to even on the exact value.</summary>
    public static string Exact(double number, int digits)
    {
        // A double is a fraction over a power of two, so the rounding can be exact.
        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> 52) & 0x7ff);
        BigInteger mantissa = (bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075;
        BigInteger scaled = mantissa * BigInteger.Pow(10, digits);
        BigInteger rounded = shift >= 0 ? scaled << shift : Halved(scaled, -shift);
        string text = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        string point = digits == 0 ? "" : "." + text[^digits..];
        return (bits < 0 ? "-" : "") + text[..^digits] + point;
    }

    /// <summary>A whole number that fits.</summary>
    public static object Fit(BigInteger number, TemplatePlace at) => number >= long.MinValue && number <= long.MaxValue
        ? (long)number
        : throw at.Error("the template reckons with a whole number beyond 64 bits");

    private static BigInteger Halved(BigInteger value, int shift)
    {
        BigInteger quotient = value >> shift;
        BigInteger rest = (value - (quotient << shift)) << 1;
        int against = rest.CompareTo(BigInteger.One << shift);
        return against > 0 || (against == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private static bool IsWhole(double real) => real >= long.MinValue && real < long.MaxValue && Math.Floor(real) == real;

    private static BigInteger Whole(string name, long left, long right, TemplatePlace at) => name switch
    {
        "+" => (BigInteger)left + right,
        "-" => (BigInteger)left - right,
        "*" => (BigInteger)left * right,
        "//" => BigInteger.Divide((BigInteger)left - Modulo(left, right), right),
        "%" => Modulo(left, right),
        // The powers of these go round in a ring of two.
        _ when left is -1 or 0 or 1 => BigInteger.Pow(left, right == 0 ? 0 : right % 2 == 0 ? 2 : 1),
        _ when right > 64 => throw at.Error("the template reckons with a whole number beyond 64 bits"),
        _ => BigInteger.Pow(left, (int)right),
    };

    // Remainders take the sign of the divisor, as in Python.
    private static BigInteger Modulo(BigInteger left, BigInteger right) => (left % right + right) % right;

    private static double Remainder(double left, double right)
    {
        double rest = left % right;
        if (rest == 0)
            return Math.CopySign(0, right);
        return rest < 0 == right < 0 ? rest : rest + right;
    }

    private static double Quotient(double left, double right)
    {
        double quotient = (left - Remainder(left, right)) / right;
        double floor = Math.Floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double Power(double left, double right, TemplatePlace at)
    {
        double power = Math.Pow(left, right);
        bool known = double.IsFinite(power) || !double.IsFinite(left) || !double.IsFinite(right);
        return known ? power : throw at.Error("the template raises to a power that is no number");
    }

    // The digits without point and exponent, and the exponent of the first.
    private static string Digits(string shortest, out int exponent)
    {
        string[] parts = shortest.Split('E');
        int point = parts[0].IndexOf('.', StringComparison.Ordinal);
        string all = parts[0].Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        exponent = (point < 0 ? all.Length : point) - 1 - (all.Length - digits.Length);
        exponent += parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        exponent = digits.Length == 0 ? 0 : exponent;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
