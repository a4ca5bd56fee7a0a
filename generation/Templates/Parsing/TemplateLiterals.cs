using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Reads what is written in a template as a text or a number.</summary>
internal static class TemplateLiterals
{
    /// <summary>The text inside quotes, its escapes resolved; an escape that is none stays as it is.</summary>
    /// <exception cref="TemplateException">An escape lacks digits, or names a character.</exception>
    public static string Unescape(ReadOnlySpan<char> text, TemplatePosition position)
    {
        var value = new StringBuilder(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at++];
            if (c != '\\' || at == text.Length)
                value.Append(c);
            else
                Escape(text, ref at, value, position);
        }

        return value.ToString();
    }

    /// <summary>A whole number, in any base that it may be written in.</summary>
    /// <exception cref="TemplateException">It is too large.</exception>
    public static long Whole(Symbol symbol, TemplatePosition position)
    {
        string text = symbol.Value;
        int radix = text.Length < 2 || char.IsAsciiDigit(text[1]) ? 10 : char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        long number = 0;
        foreach (char c in radix == 10 ? text : text[2..])
        {
            long next = number * radix + Convert.ToInt32(c.ToString(), 16);
            if (number > long.MaxValue / radix || next < 0)
                throw new TemplateException($"the template has the number {text}, which is too large", position);
            number = next;
        }

        return number;
    }

    /// <summary>A number with a point or an exponent.</summary>
    public static double Real(Symbol symbol) => double.Parse(symbol.Value, CultureInfo.InvariantCulture);

    private static void Escape(ReadOnlySpan<char> text, ref int at, StringBuilder value, TemplatePosition position)
    {
        char c = text[at++];
        int digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            value.Append(Code(text, at, digits, c, position));
            at += digits;
        }
        else if (c is >= '0' and <= '7')
        {
            int end = at;
            while (end < text.Length && end < at + 2 && text[end] is >= '0' and <= '7')
                end++;
            value.Append((char)Convert.ToInt32(text[(at - 1)..end].ToString(), 8));
            at = end;
        }
        else if (c == 'N')
        {
            throw new TemplateException("the template names a character with \\N, which is not supported", position);
        }
        else if (c != '\n')
        {
            int known = "abfnrtv\\'\"".IndexOf(c, StringComparison.Ordinal);
            value.Append(known < 0 ? "\\" : "").Append(known < 0 ? c : "\a\b\f\n\r\t\v\\'\""[known]);
        }
    }

    private static string Code(ReadOnlySpan<char> text, int at, int digits, char kind, TemplatePosition position)
    {
        if (at + digits > text.Length
            || !uint.TryParse(text.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            || code > 0x10ffff)
            throw new TemplateException($"the template has a \\{kind} without the {digits} digits of a character behind it", position);
        return code > 0xffff ? new Rune(code).ToString() : ((char)code).ToString();
    }
}
