using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Texts as Python sees them: in code points, with its notion of white space and of what can be printed.</summary>
internal static class PythonText
{
    /// <summary>White space.</summary>
    public const string Spaces =
        "\t\n\v\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    /// <summary>Whether a character is white space.</summary>
    public static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    /// <summary>How many code points a text has.</summary>
    public static int Length(string text)
    {
        int pairs = 0;
        for (int i = 0; i + 1 < text.Length; i++)
            pairs += char.IsSurrogatePair(text[i], text[i + 1]) ? 1 : 0;
        return text.Length - pairs;
    }

    /// <summary>The code points of a text, each as a text.</summary>
    public static IEnumerable<string> Points(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int length = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
            yield return text.Substring(i, length);
            i += length;
        }
    }

    /// <summary>Where the code point of a number begins.</summary>
    public static int Offset(string text, int point)
    {
        int at = 0;
        for (; point > 0 && at < text.Length; point--)
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }

    /// <summary>Orders texts by code points.</summary>
    public static int Compare(string left, string right)
    {
        int at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
            return left.Length - right.Length;
        bool bothHigh = char.IsSurrogate(left[at]) == char.IsSurrogate(right[at]);
        return bothHigh ? left[at] - right[at] : char.IsSurrogate(left[at]) ? 1 : -1;
    }

    /// <summary>A text in quotes, as Python shows it inside a list.</summary>
    public static string Quoted(string text)
    {
        char quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var shown = new StringBuilder(text.Length + 2).Append(quote);
        foreach (string point in Points(text))
            shown.Append(Shown(point, quote));
        return shown.Append(quote).ToString();
    }

    /// <summary>HTML's special characters as entities.</summary>
    public static string Escaped(string text) => new StringBuilder(text).Replace("&", "&amp;").Replace(">", "&gt;").Replace("<", "&lt;")
        .Replace("'", "&#39;").Replace("\"", "&#34;").ToString();

    private static string Shown(string point, char quote)
    {
        int code = char.IsSurrogate(point[0]) && point.Length == 1 ? point[0] : char.ConvertToUtf32(point, 0);
        return code switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\\' => "\\\\",
            _ when code == quote => $"\\{point}",
            ' ' => point,
            _ when IsPrintable(code) => point,
            <= 0xff => $"\\x{code:x2}",
            <= 0xffff => $"\\u{code:x4}",
            _ => $"\\U{code:x8}",
        };
    }

    private static bool IsPrintable(int code) => CharUnicodeInfo.GetUnicodeCategory(code) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
