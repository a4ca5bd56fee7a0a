using System.Buffers;

namespace RailCluster.Generation;

/// <content>What the methods of texts do.</content>
internal static partial class TemplateMethods
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

    /// <summary>A text without characters at its ends; null characters for white space.</summary>
    public static string Stripped(string text, string? characters, bool start, bool end)
    {
        if (characters is { Length: 0 })
            return text;
        HashSet<string> points = [.. PythonText.Points(characters ?? PythonText.Spaces)];
        int from = 0;
        int to = text.Length;
        while (start && from < to && PointAt(text, from) is var point && points.Contains(point))
            from += point.Length;
        while (end && to > from && PointBefore(text, to) is var point && points.Contains(point))
            to -= point.Length;
        return text[from..to];
    }

    /// <summary>A text with parts replaced, the first so many or all.</summary>
    public static string Replaced(string text, string old, string replacement, long count, TemplatePlace at)
    {
        at.Search(text, old);
        var parts = new System.Text.StringBuilder();
        int from = 0;
        for (; count != 0; count--)
        {
            int found = old.Length > 0 ? text.IndexOf(old, from, StringComparison.Ordinal) : from;
            if (found < 0)
                break;
            // Nothing stands before, between and behind all characters.
            string kept = old.Length > 0 ? text[from..found] : "";
            string next = old.Length > 0 || from == text.Length ? "" : PointAt(text, from);
            at.Grow(parts.Length, kept.Length + replacement.Length + next.Length);
            parts.Append(kept).Append(replacement).Append(next);
            from = found + old.Length + next.Length;
            if (old.Length == 0 && next.Length == 0)
                return parts.ToString();
        }

        return at.Made(parts.Append(text, from, text.Length - from).ToString());
    }

    /// <summary>The lines of a text.</summary>
    public static IEnumerable<string> Lines(string text, bool keepEnds)
    {
        for (int at = 0; at < text.Length;)
        {
            int end = text.AsSpan(at).IndexOfAny(LineEnds);
            end = end < 0 ? text.Length : at + end;
            int next = end == text.Length ? end : end + (string.CompareOrdinal(text, end, "\r\n", 0, 2) == 0 ? 2 : 1);
            yield return text[at..(keepEnds ? next : end)];
            at = next;
        }
    }

    /// <summary>A text between spaces.</summary>
    public static string Centered(string text, long width, char fill, TemplatePlace at)
    {
        long missing = Math.Max(0, width - PythonText.Length(text));
        long left = missing / 2 + (missing & width & 1);
        return Repeat(fill, left, at) + text + Repeat(fill, missing - left, at);
    }

    /// <summary>A character so many times.</summary>
    public static string Repeat(char c, long count, TemplatePlace at)
    {
        at.Make(Math.Max(0, count));
        return new string(c, (int)Math.Max(0, count));
    }

    private static string PointAt(string text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? text.Substring(at, 2) : text[at].ToString();

    private static string PointBefore(string text, int end) =>
        PointAt(text, end > 1 && char.IsSurrogatePair(text[end - 2], text[end - 1]) ? end - 2 : end - 1);

    private static char Fill(TemplateValuesGiven given) => !given.Has(2) ? ' ' : given.OnlyText(2) is { Length: 1 } fill ? fill[0] : throw given.Wrong(2);

    private static IEnumerable<string> Affixes(TemplateValuesGiven given) => given[1] is TemplateList { Kind: ListKind.Tuple } tuple
        ? tuple.Items.Select(item => item as string ?? throw given.Wrong(1))
        : [given.OnlyText(1)];

    private static bool All(TemplateValuesGiven given, Func<string, bool> holds) =>
        given.OnlyText(0).Length > 0 && PythonText.Points(given.OnlyText(0)).All(holds);

    // The stretch that find and its like look through.
    private static string Part(TemplateValuesGiven given) =>
        (string)TemplateMembers.Slice(given.OnlyText(0), given.WholeOrNull(2), given.WholeOrNull(3), null, given.At)!;

    private static long Find(TemplateValuesGiven given, bool last)
    {
        string text = given.OnlyText(0);
        string part = Part(given);
        given.At.Search(part, given.OnlyText(1));
        int found = last ? part.LastIndexOf(given.OnlyText(1), StringComparison.Ordinal) : part.IndexOf(given.OnlyText(1), StringComparison.Ordinal);
        long length = PythonText.Length(text);
        long start = given.WholeOrNull(2) ?? 0;
        start = start < 0 ? Math.Max(0, start + length) : start;
        return found < 0 || start > length ? -1 : start + PythonText.Length(part[..found]);
    }

    private static long Count(string text, string part, TemplatePlace place)
    {
        place.Search(text, part);
        if (part.Length == 0)
            return PythonText.Length(text) + 1;
        long count = 0;
        for (int at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private static string Join(TemplateValuesGiven given)
    {
        var parts = new List<string>();
        foreach (object? item in given.Items(1))
        {
            string part = item as string ?? throw given.At.Error($"the template joins a {TemplateValues.Kind(item)} with texts");
            given.At.Make(part.Length + given.OnlyText(0).Length);
            parts.Add(part);
        }

        return string.Join(given.OnlyText(0), parts);
    }

    private static TemplateList Partition(TemplateValuesGiven given, bool last)
    {
        (string text, string part) = (given.OnlyText(0), given.OnlyText(1));
        if (part.Length == 0)
            throw given.At.Error("the template parts a text at nothing");
        given.At.Make(text.Length);
        given.At.Search(text, part);
        int found = last ? text.LastIndexOf(part, StringComparison.Ordinal) : text.IndexOf(part, StringComparison.Ordinal);
        string[] parts = found >= 0 ? [text[..found], part, text[(found + part.Length)..]] : last ? ["", "", text] : [text, "", ""];
        return given.At.List(parts, ListKind.Tuple);
    }

    private static string Filled(TemplateValuesGiven given)
    {
        string text = given.OnlyText(0);
        int sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return text[..sign] + Repeat('0', given.Whole(1, 0) - PythonText.Length(text), given.At) + text[sign..];
    }
}
