namespace RailCluster.Generation;

/// <content>Splitting texts, from either end.</content>
internal static partial class TemplateMethods
{
    private static TemplateList Split(TemplateValuesGiven given, bool last)
    {
        string text = given.At.Made(given.OnlyText(0));
        long most = given.Whole(2, -1);
        string? separator = given.TextOrNull(1);
        if (separator is { Length: 0 })
            throw given.At.Error("the template splits a text at nothing");
        given.At.Search(text, separator ?? "");
        List<string> parts = separator is null ? SplitAtSpace(text, most, last) : SplitAt(text, separator, most, last);
        return given.At.List(parts);
    }

    private static List<string> SplitAt(string text, string separator, long most, bool last)
    {
        var parts = new List<string>();
        int rest = last ? text.Length : 0;
        while (most < 0 || parts.Count < most)
        {
            int found = last ? text.AsSpan(0, rest).LastIndexOf(separator) : text.IndexOf(separator, rest, StringComparison.Ordinal);
            if (found < 0)
                break;
            parts.Add(last ? text[(found + separator.Length)..rest] : text[rest..found]);
            rest = last ? found : found + separator.Length;
        }

        parts.Add(last ? text[..rest] : text[rest..]);
        if (last)
            parts.Reverse();
        return parts;
    }

    private static List<string> SplitAtSpace(string text, long most, bool last)
    {
        var parts = new List<string>();
        string rest = Stripped(text, null, !last, last);
        int from = 0;
        int to = rest.Length;
        while (from < to)
        {
            int at = last ? to : from;
            while (last ? at > from && !PythonText.IsSpace(rest[at - 1]) : at < to && !PythonText.IsSpace(rest[at]))
                at += last ? -1 : 1;
            bool full = most >= 0 && parts.Count == most;
            parts.Add(full ? rest[from..to] : last ? rest[at..to] : rest[from..at]);
            if (full)
                break;
            while (last ? at > from && PythonText.IsSpace(rest[at - 1]) : at < to && PythonText.IsSpace(rest[at]))
                at += last ? -1 : 1;
            (from, to) = last ? (from, at) : (at, to);
        }

        if (last)
            parts.Reverse();
        return parts;
    }
}
