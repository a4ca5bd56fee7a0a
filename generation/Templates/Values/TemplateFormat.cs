using System.Globalization;
using System.Numerics;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Python's formatting with <c>%</c>: s, r, d, i, f, x and %, with flags, width and precision.</summary>
internal static class TemplateFormat
{
    private const int Widest = 1000;

    /// <summary>A text with its directives filled in.</summary>
    /// <param name="format">The text.</param>
    /// <param name="value">A tuple of values, a mapping, or one value.</param>
    /// <param name="at">Where it is asked for.</param>
    public static string Format(string format, object? value, TemplatePlace at)
    {
        var text = new StringBuilder();
        IReadOnlyList<object?> values = value is TemplateList { Kind: ListKind.Tuple } tuple ? tuple.Items : [value];
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            Directive directive = Read(format, ref i, at);
            if (directive.Kind != '%' && directive.Key is null && next == values.Count)
                throw at.Error("the template fills a text with fewer values than it has places for");
            object? filling = directive.Kind == '%' ? null : directive.Key is null ? values[next++] : Named(value, directive.Key, at);
            string part = directive.Kind == '%' ? "%" : Padded(directive, Filled(directive, filling, at));
            at.Grow(text.Length, part.Length);
            text.Append(part);
        }

        if (next < values.Count && value is not (TemplateMapping or TemplateUndefined or TemplateList { Kind: ListKind.List or ListKind.Range }))
            throw at.Error("the template fills a text with more values than it has places for");
        return at.Made(text.ToString());
    }

    private static object? Named(object? value, string key, TemplatePlace at) =>
        value is TemplateMapping mapping && mapping.Entries.TryGetValue(new TemplateKey(key), out object? found)
            ? found
            : throw at.Error($"the template fills a text with {key}, which it does not give");

    private static Directive Read(string format, ref int i, TemplatePlace at)
    {
        int start = ++i;
        string? key = null;
        if (i < format.Length && format[i] == '(')
        {
            int close = format.IndexOf(')', i);
            key = close < 0 ? throw at.Error("the template fills a text with a name that is not closed") : format[(i + 1)..close];
            i = close + 1;
        }

        string flags = Run(format, ref i, "-0+ ");
        string width = Run(format, ref i, "0123456789");
        string? precision = null;
        if (i < format.Length && format[i] == '.')
        {
            i++;
            precision = Run(format, ref i, "0123456789").PadLeft(1, '0');
        }

        if (i == format.Length || !"srdifx%".Contains(format[i]) || Number(width) > Widest || Number(precision ?? "") > Widest)
            throw at.Error($"the template fills a text by %{format[start..Math.Min(i + 1, format.Length)]}, which is not supported");
        return new Directive(format[i], key, flags, Number(width), precision is null ? null : Number(precision));
    }

    private static string Run(string format, ref int i, string characters)
    {
        int start = i;
        while (i < format.Length && characters.Contains(format[i]))
            i++;
        return format[start..i];
    }

    private static int Number(string digits) => digits.TrimStart('0') is { Length: <= 4 } text
        ? int.Parse(text.PadLeft(1, '0'), CultureInfo.InvariantCulture)
        : Widest + 1;

    private static string Filled(Directive directive, object? value, TemplatePlace at)
    {
        if (directive.Kind is 's' or 'r')
        {
            string text = directive.Kind == 's' ? TemplatePrinter.Print(value, at) : TemplatePrinter.Repr(value, at);
            return directive.Precision is { } most && most < PythonText.Length(text) ? text[..PythonText.Offset(text, most)] : text;
        }

        if (!TemplateNumbers.IsNumber(value) || (directive.Kind == 'x' && value is double) || (value is double real && !double.IsFinite(real)))
            throw at.Error($"the template fills %{directive.Kind} with a {TemplateValues.Kind(value)}");
        string number = directive.Kind == 'f'
            ? TemplateNumbers.Exact(TemplateNumbers.Real(value), directive.Precision ?? 6)
            : Whole(value, at).ToString(CultureInfo.InvariantCulture);
        if (directive.Kind == 'x')
            number = (Whole(value, at) < 0 ? "-" : "") + ((ulong)BigInteger.Abs(Whole(value, at))).ToString("x", CultureInfo.InvariantCulture);
        if (directive.Kind != 'f' && directive.Precision is { } least)
            number = number.StartsWith('-') ? "-" + number[1..].PadLeft(least, '0') : number.PadLeft(least, '0');
        return number.StartsWith('-') ? number : directive.Flags.Contains('+') ? "+" + number : directive.Flags.Contains(' ') ? " " + number : number;
    }

    private static long Whole(object? value, TemplatePlace at) => value is double real
        ? (long)TemplateNumbers.Fit(new BigInteger(real), at)
        : TemplateNumbers.TryWhole(value, out long number) ? number : 0;

    private static string Padded(Directive directive, string text)
    {
        int missing = Math.Max(0, directive.Width - PythonText.Length(text));
        if (directive.Flags.Contains('-'))
            return text + new string(' ', missing);
        if (!directive.Flags.Contains('0') || directive.Kind is 's' or 'r')
            return new string(' ', missing) + text;
        int sign = text.Length > 0 && text[0] is '-' or '+' or ' ' ? 1 : 0;
        return text[..sign] + new string('0', missing) + text[sign..];
    }

    private readonly record struct Directive(char Kind, string? Key, string Flags, int Width, int? Precision);
}
