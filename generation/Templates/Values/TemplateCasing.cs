using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Upper, lower and title case as Python has them, which is Unicode's full mapping.</summary>
internal static partial class TemplateCasing
{
    private static readonly FrozenDictionary<string, string> UpperOf = Table(Uppers);
    private static readonly FrozenDictionary<string, string> TitleOf = Table(Titles);

    /// <summary>A text in upper case.</summary>
    public static string Upper(string text) => Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, Uppered);

    /// <summary>A text in lower case.</summary>
    public static string Lower(string text) => Ascii.IsValid(text) ? text.ToLowerInvariant() : Map(text, Lowered);

    /// <summary>A text with its first letter in title case and the others in lower case.</summary>
    public static string Capitalize(string text)
    {
        bool first = true;
        return Map(text, (whole, at, point) =>
        {
            string mapped = first ? Titled(point) : Lowered(whole, at, point);
            first = false;
            return mapped;
        });
    }

    /// <summary>A text with the first letter of every word in title case.</summary>
    public static string Title(string text)
    {
        bool inside = false;
        return Map(text, (whole, at, point) =>
        {
            string mapped = inside ? Lowered(whole, at, point) : Titled(point);
            inside = IsCased(point);
            return mapped;
        });
    }

    /// <summary>A text with upper and lower case exchanged.</summary>
    public static string Swap(string text) =>
        Map(text, (whole, at, point) => IsUpperPoint(point) ? Lowered(whole, at, point) : IsLowerPoint(point) ? Uppered(whole, at, point) : point);

    /// <summary>Whether a text has letters with a case, and all are lower.</summary>
    public static bool IsLower(string text) => PythonText.Points(text).Where(IsCased).ToArray() is { Length: > 0 } cased && cased.All(IsLowerPoint);

    /// <summary>Whether a text has letters with a case, and all are upper.</summary>
    public static bool IsUpper(string text) => PythonText.Points(text).Where(IsCased).ToArray() is { Length: > 0 } cased && cased.All(IsUpperPoint);

    private static string Map(string text, Func<string, int, string, string> map)
    {
        var mapped = new StringBuilder(text.Length);
        int at = 0;
        foreach (string point in PythonText.Points(text))
        {
            mapped.Append(map(text, at, point));
            at += point.Length;
        }

        return mapped.ToString();
    }

    private static string Uppered(string text, int at, string point) => UpperOf.GetValueOrDefault(point) ?? point.ToUpperInvariant();

    private static string Titled(string point) => TitleOf.GetValueOrDefault(point)
        ?? (point[0] is >= '\u10d0' and <= '\u10ff' ? point : Uppered(point, 0, point));

    private static string Lowered(string text, int at, string point) => point switch
    {
        "\u0130" => "i\u0307",
        // A sigma at the end of a word has a form of its own.
        "\u03a3" => EndsWord(text, at) ? "\u03c2" : "\u03c3",
        _ => point.ToLowerInvariant(),
    };

    private static bool EndsWord(string text, int at)
    {
        int before = at - 1;
        while (before >= 0 && (char.IsLowSurrogate(text[before]) || IsIgnored(PointAt(text, before))))
            before--;
        int after = at + 1;
        while (after < text.Length && IsIgnored(PointAt(text, after)))
            after += PointAt(text, after).Length;
        return before >= 0 && IsCased(PointAt(text, before)) && (after >= text.Length || !IsCased(PointAt(text, after)));
    }

    private static string PointAt(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? text.Substring(at, 2) : text[at].ToString();

    private static bool IsCased(string point) => IsLowerPoint(point) || IsUpperPoint(point) || Category(point) == UnicodeCategory.TitlecaseLetter;

    private static bool IsLowerPoint(string point) => Category(point) == UnicodeCategory.LowercaseLetter || Within(OtherLowers, point);

    private static bool IsUpperPoint(string point) => Category(point) == UnicodeCategory.UppercaseLetter || Within(OtherUppers, point);

    private static bool Within((int First, int Last)[] ranges, string point)
    {
        int code = point.Length == 2 ? char.ConvertToUtf32(point, 0) : point[0];
        return code > 0x7f && Array.Exists(ranges, range => code >= range.First && code <= range.Last);
    }

    private static bool IsIgnored(string point) => point[0] is '\'' or '.' or ':' or '\u00b7' or '\u2019' or '\u2018' or '\u2024' or '\u2027'
        || Category(point) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format
            or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;

    private static UnicodeCategory Category(string point) => CharUnicodeInfo.GetUnicodeCategory(point, 0);

    private static FrozenDictionary<string, string> Table(string entries) => entries.Split(' ').ToFrozenDictionary(entry => entry[..1], entry => entry[1..]);
}
