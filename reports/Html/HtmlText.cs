using System.Globalization;
using System.Net;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Text from models and users inside a page.</summary>
internal static class HtmlText
{
    /// <summary>The most characters shown of an answer or a prompt.</summary>
    public const int LongestAnswer = 4_000;

    private const int LongestName = 160;

    /// <summary>Text for the inside of an HTML element or a quoted attribute, in XML as well, where two code points may not stand.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(SafeText.Visible(text)).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    /// <summary>A name on one line, kept apart from the direction of the text around it.</summary>
    public static Markup Name(string text) => Markup.Of($"<bdi>{Short(text)}</bdi>");

    /// <summary>A name on one line, not too long.</summary>
    public static string Short(string text) => SafeText.Line(text, LongestName);

    /// <summary>A long text, cut with a word about it where it is too long to read.</summary>
    public static Markup Long(string text)
    {
        if (text.Length <= LongestAnswer) return Markup.Of($"{text}");
        var cut = char.IsHighSurrogate(text[LongestAnswer - 1]) ? LongestAnswer - 1 : LongestAnswer;
        return Markup.Of($"{text[..cut]}<span class=\"cut\"> … cut here; {text.Length.ToString("N0", CultureInfo.InvariantCulture)} characters in all</span>");
    }

    /// <summary>A sentence that begins with a capital and ends with a full stop.</summary>
    public static string Sentence(string line) => line.Length == 0 ? "" : char.ToUpperInvariant(line[0]) + Ended(line)[1..];

    /// <summary>The same where a colon goes before it.</summary>
    public static string Ended(string line) => line.Length == 0 || line[^1] is '.' or '!' or '?' ? line : line + ".";
}
