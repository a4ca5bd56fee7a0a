using System.Text.RegularExpressions;

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

/// <summary>A stretch of a template: its text, or the tokens inside the braces, and where it begins in the source.</summary>
internal readonly record struct Stretch(StretchKind Kind, string Text, List<Symbol> Symbols, int Offset);

/// <summary>
/// Cuts a template into text, outputs and tags. White space goes as chat templates expect: the newline after a tag and the indent before
/// one are dropped, a minus drops all white space on its side, a plus keeps it, and a single newline at the end of the template is dropped.
/// </summary>
internal sealed partial class TemplateScanner
{
    private readonly string _source;
    private readonly List<Stretch> _stretches = [];
    private int _at;

    private TemplateScanner(string source) => _source = source;

    /// <summary>The stretches in order; comments are left out.</summary>
    /// <param name="source">The template, with <c>\n</c> for newlines and none at its end.</param>
    /// <exception cref="TemplateException">A brace is not closed, or what is inside is no row of tokens.</exception>
    public static List<Stretch> Scan(string source)
    {
        var scanner = new TemplateScanner(source);
        while (scanner._at < source.Length)
            scanner.Next();
        return scanner._stretches;
    }

    private void Next()
    {
        int open = NextOpening(_at);
        if (open == _source.Length)
        {
            Add(_source[_at..], _at);
            _at = open;
            return;
        }

        char kind = _source[open + 1];
        int inside = open + 2;
        char mark = inside < _source.Length ? _source[inside] : ' ';
        inside += mark is '-' or '+' ? 1 : 0;
        Add(TrimBefore(_source[_at..open], kind, mark, StartsLine(_at)), _at);
        if (kind == '#')
            Comment(open, inside);
        else if (RawOpening().Match(_source, open) is { Success: true } raw)
            Raw(raw);
        else
            Braces(open, inside, kind);
    }

    private void Braces(int open, int inside, char kind)
    {
        var lexer = new TemplateLexer(_source, inside, kind);
        List<Symbol> symbols = lexer.Read()
            ?? throw new TemplateException($"the template opens {{{kind} and does not close it with {(kind == '{' ? "}}" : "%}")}", new(_source, open));
        _stretches.Add(new Stretch(kind == '{' ? StretchKind.Output : StretchKind.Tag, "", symbols, inside));
        SkipAfter(lexer.At, kind, lexer.CloseMark);
    }

    private void Comment(int open, int inside)
    {
        int close = _source.IndexOf("#}", inside, StringComparison.Ordinal);
        if (close < 0)
            throw new TemplateException("the template opens {# and does not close it with #}", new(_source, open));
        SkipAfter(close + 2, '#', close > inside ? _source[close - 1] : ' ');
    }

    private void Raw(Match opening)
    {
        int start = opening.Index + opening.Length;
        Match closing = RawClosing().Match(_source, start);
        if (!closing.Success)
            throw new TemplateException("the template opens {% raw %} and does not close it", new(_source, opening.Index));
        string before = _source[start..closing.Index];
        if (opening.Value[^3] == '-')
            before = before.AsSpan().TrimStart(PythonText.Spaces).ToString();
        char mark = closing.Groups[1].Length > 0 ? closing.Groups[1].Value[0] : ' ';
        Add(TrimBefore(before, '%', mark, StartsLine(start)), start);
        char end = closing.Groups[2].Value[0];
        SkipAfter(closing.Index + closing.Length, '%', end);
    }

    private bool StartsLine(int at) => at == 0 || _source[at - 1] == '\n';

    private void Add(string text, int offset)
    {
        if (text.Length > 0)
            _stretches.Add(new Stretch(StretchKind.Text, text, [], offset));
    }

    private int NextOpening(int at)
    {
        for (int i = at; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && (_source[i + 1] is '{' or '%' or '#'))
                return i;
        }

        return _source.Length;
    }

    private static string TrimBefore(string text, char kind, char mark, bool startsLine)
    {
        if (mark == '-')
            return text.AsSpan().TrimEnd(PythonText.Spaces).ToString();
        if (mark == '+' || kind == '{')
            return text;
        int line = text.LastIndexOf('\n') + 1;
        bool indent = (line > 0 || startsLine) && text.AsSpan(line).TrimEnd(PythonText.Spaces).IsEmpty;
        return indent ? text[..line] : text;
    }

    private void SkipAfter(int at, char kind, char mark)
    {
        if (mark == '-')
        {
            while (at < _source.Length && PythonText.IsSpace(_source[at]))
                at++;
        }
        else if (mark != '+' && kind != '{' && at < _source.Length && _source[at] == '\n')
        {
            at++;
        }

        _at = at;
    }

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*-?%\}", RegexOptions.CultureInvariant)]
    private static partial Regex RawOpening();

    [GeneratedRegex(@"\{%([-+]?)\s*endraw\s*([-+]?%\})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex RawClosing();
}
