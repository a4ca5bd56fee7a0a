namespace RailCluster.Generation;

/// <summary>What a token of an expression is.</summary>
internal enum SymbolKind
{
    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with a point or an exponent.</summary>
    Real,

    /// <summary>An operator or bracket.</summary>
    Mark,

    /// <summary>The end of the braces.</summary>
    End,
}

/// <summary>One token of an expression.</summary>
internal readonly record struct Symbol(SymbolKind Kind, string Value, int Offset)
{
    /// <summary>Whether it is this keyword or mark.</summary>
    public bool Is(string value) => Kind is SymbolKind.Name or SymbolKind.Mark && Value == value;
}

/// <summary>Cuts the inside of one pair of braces into tokens.</summary>
/// <param name="source">The template.</param>
/// <param name="at">Where the inside begins.</param>
/// <param name="kind"><c>{</c> for output, <c>%</c> for a tag.</param>
internal sealed class TemplateLexer(string source, int at, char kind)
{
    // More than any template needs, and few enough to keep in memory.
    private const int MostSymbols = 20_000;

    private static readonly string[] Marks =
        ["==", "!=", "<=", ">=", "//", "**", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", "~", "+", "-", "*", "/", "%", "<", ">", "="];

    private readonly List<Symbol> _symbols = [];
    private readonly Stack<char> _open = [];

    /// <summary>Where the braces' outside begins again.</summary>
    public int At { get; private set; } = at;

    /// <summary>The minus or plus before the closing braces.</summary>
    public char CloseMark { get; private set; } = ' ';

    /// <summary>The tokens, with an end token last; null where the braces are not closed.</summary>
    /// <exception cref="TemplateException">A character begins no token, or there are too many.</exception>
    public List<Symbol>? Read()
    {
        while (At < source.Length)
        {
            if (_open.Count == 0 && AtClose())
                return _symbols;
            if (_symbols.Count == MostSymbols)
                throw new TemplateException($"the template has an expression of more than {MostSymbols} parts", new(source, At));
            if (PythonText.IsSpace(source[At]))
                At++;
            else if (!ReadSymbol(source[At]))
                return null;
        }

        return null;
    }

    private bool AtClose()
    {
        char mark = source[At] == '-' || (source[At] == '+' && kind == '%') ? source[At] : ' ';
        int close = mark == ' ' ? At : At + 1;
        if (string.CompareOrdinal(source, close, kind == '{' ? "}}" : "%}", 0, 2) != 0)
            return false;
        _symbols.Add(new Symbol(SymbolKind.End, "", At));
        CloseMark = mark;
        At = close + 2;
        return true;
    }

    private bool ReadSymbol(char first)
    {
        int start = At;
        if (char.IsLetter(first) || first == '_')
        {
            while (At < source.Length && (char.IsLetterOrDigit(source[At]) || source[At] == '_'))
                At++;
            Add(SymbolKind.Name, source[start..At], start);
        }
        else if (char.IsAsciiDigit(first))
        {
            ReadNumber(start);
        }
        else if (first is '"' or '\'')
        {
            int close = start + 1;
            while (close < source.Length && source[close] != first)
                close += source[close] == '\\' ? 2 : 1;
            if (close >= source.Length)
                return false;
            At = close + 1;
            Add(SymbolKind.Text, TemplateLiterals.Unescape(source.AsSpan(start + 1, close - start - 1), new(source, start)), start);
        }
        else
        {
            ReadMark(start);
        }

        return true;
    }

    private void ReadNumber(int start)
    {
        At = Digits(start);
        bool real = false;
        // After a point stands the number of an entry.
        if (start == 0 || source[start - 1] != '.')
        {
            if (Peek(At) == '.' && char.IsAsciiDigit(Peek(At + 1)))
                (At, real) = (Digits(At + 1), true);
            int exponent = Peek(At + 1) is '+' or '-' ? At + 2 : At + 1;
            if (Peek(At) is 'e' or 'E' && char.IsAsciiDigit(Peek(exponent)))
                (At, real) = (Digits(exponent), true);
        }

        if (!real && source[start] == '0')
            At = Zeros(start);
        Add(real ? SymbolKind.Real : SymbolKind.Whole, source[start..At].Replace("_", "", StringComparison.Ordinal), start);
    }

    private int Digits(int from) => Run(from, char.IsAsciiDigit);

    private int Zeros(int start)
    {
        int based = char.ToLowerInvariant(Peek(start + 1)) switch
        {
            'x' => Run(start + 2, char.IsAsciiHexDigit),
            'o' => Run(start + 2, c => c is >= '0' and <= '7'),
            'b' => Run(start + 2, c => c is '0' or '1'),
            _ => 0,
        };
        return based > start + 2 ? based : Run(start, c => c == '0');
    }

    // Digits, with single underscores between them.
    private int Run(int from, Func<char, bool> digit)
    {
        int end = from;
        while (digit(Peek(end)) || (Peek(end) == '_' && digit(Peek(end + 1))))
            end++;
        return end;
    }

    private char Peek(int at) => at < source.Length ? source[at] : '\0';

    private void ReadMark(int start)
    {
        string mark = Array.Find(Marks, mark => string.CompareOrdinal(source, start, mark, 0, mark.Length) == 0)
            ?? throw new TemplateException($"the template has a {source[start]} where an expression is expected", new(source, start));
        if (mark is "(" or "[" or "{")
            _open.Push(mark[0]);
        else if (mark is ")" or "]" or "}" && (!_open.TryPop(out char open) || mark[0] != (open == '(' ? ')' : open == '[' ? ']' : '}')))
            throw new TemplateException($"the template closes with {mark} what it does not open", new(source, start));
        At += mark.Length;
        Add(SymbolKind.Mark, mark, start);
    }

    private void Add(SymbolKind symbol, string value, int start) => _symbols.Add(new Symbol(symbol, value, start));
}
