namespace RailCluster.Generation;

/// <summary>What a stretch of a template is.</summary>
internal enum StretchKind
{
    /// <summary>Text that stands as it is.</summary>
    Text,

    /// <summary>The inside of <c>{{ }}</c>.</summary>
    Output,

    /// <summary>The inside of <c>{% %}</c>.</summary>
    Tag,
}

/// <summary>A stretch of a template: for text the text, else the inside of the braces and where it begins in the source.</summary>
internal readonly record struct Stretch(StretchKind Kind, string Content, int Offset);

/// <summary>
/// Cuts a template into text, outputs and tags. White space goes as chat templates expect: the newline after a tag and the indent before
/// one are dropped, a minus drops all white space on its side, a plus keeps it, and a single newline at the end of the template is dropped.
/// </summary>
internal static class TemplateScanner
{
    /// <summary>The stretches in order; comments are left out.</summary>
    /// <exception cref="TemplateException">A brace is not closed.</exception>
    public static List<Stretch> Scan(string source)
    {
        var stretches = new List<Stretch>();
        int end = source.EndsWith('\n') ? source.Length - 1 : source.Length;
        for (int at = 0; at < end;)
        {
            int open = NextOpening(source, at, end);
            string text = source[at..open];
            if (open == end)
            {
                Add(stretches, text, at);
                break;
            }

            char kind = source[open + 1];
            char mark = open + 2 < end ? source[open + 2] : ' ';
            Add(stretches, TrimBefore(text, kind, mark, at == 0 || source[at - 1] == '\n'), at);
            int inside = open + 2 + (mark is '-' or '+' ? 1 : 0);
            int close = FindClose(source, inside, end, kind, open);
            bool closeMark = close > inside && source[close - 1] is '-' or '+';
            int contentEnd = closeMark ? close - 1 : close;
            if (kind != '#')
                stretches.Add(new Stretch(kind == '{' ? StretchKind.Output : StretchKind.Tag, source[inside..contentEnd], inside));
            at = SkipAfter(source, close + 2, end, kind, closeMark ? source[close - 1] : ' ');
        }

        return stretches;
    }

    private static void Add(List<Stretch> stretches, string text, int offset)
    {
        if (text.Length > 0)
            stretches.Add(new Stretch(StretchKind.Text, text, offset));
    }

    private static int NextOpening(string source, int at, int end)
    {
        for (int i = at; i + 1 < end; i++)
        {
            if (source[i] == '{' && (source[i + 1] is '{' or '%' or '#'))
                return i;
        }

        return end;
    }

    private static string TrimBefore(string text, char kind, char mark, bool startsLine)
    {
        if (mark == '-')
            return text.TrimEnd();
        if (mark == '+' || kind == '{')
            return text;
        int line = text.LastIndexOf('\n') + 1;
        bool indent = (line > 0 || startsLine) && string.IsNullOrWhiteSpace(text[line..]);
        return indent ? text[..line] : text;
    }

    private static int FindClose(string source, int from, int end, char kind, int open)
    {
        string close = kind switch { '{' => "}}", '%' => "%}", _ => "#}" };
        char quote = '\0';
        for (int i = from; i + 1 < end; i++)
        {
            char c = source[i];
            if (quote != '\0')
            {
                if (c == '\\')
                    i++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (kind != '#' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == close[0] && source[i + 1] == close[1])
            {
                return i;
            }
        }

        throw new TemplateException($"the template opens {{{kind} and does not close it with {close}", TemplatePosition.Of(source, open));
    }

    private static int SkipAfter(string source, int at, int end, char kind, char mark)
    {
        if (mark == '-')
        {
            while (at < end && char.IsWhiteSpace(source[at]))
                at++;
        }
        else if (mark != '+' && kind != '{' && at < end && source[at] == '\n')
        {
            at++;
        }

        return at;
    }
}
