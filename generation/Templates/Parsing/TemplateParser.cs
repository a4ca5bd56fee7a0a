namespace RailCluster.Generation;

/// <summary>What is known of a template while it is read.</summary>
internal sealed class TemplateContext
{
    private readonly Stack<HashSet<string>> _mentions = new();

    /// <summary>How many conditions are open: what stands in one may never be asked for.</summary>
    public int Conditions { get; set; }

    /// <summary>Whether a condition is open.</summary>
    public bool Conditional => Conditions > 0;

    /// <summary>How many loops are open.</summary>
    public int Loops { get; set; }

    /// <summary>Notes that a name is spoken of.</summary>
    public void Mention(string name)
    {
        foreach (HashSet<string> mentions in _mentions)
            mentions.Add(name);
    }

    /// <summary>Notes names until <see cref="EndMentions"/>.</summary>
    public void BeginMentions() => _mentions.Push(new(StringComparer.Ordinal));

    /// <summary>The names that were noted.</summary>
    public HashSet<string> EndMentions() => _mentions.Pop();
}

/// <summary>Reads the statements of a template; what it does not know it refuses by name and place.</summary>
internal sealed partial class TemplateParser
{
    private const int Deepest = 50;
    private const int LongestSource = 1_000_000;

    private readonly string _source;
    private readonly List<Stretch> _stretches;
    private readonly TemplateContext _context = new();
    private int _at;
    private int _depth;

    private TemplateParser(string source)
    {
        if (source.Length > LongestSource)
            throw new TemplateException($"the template has more than {LongestSource} characters");
        _source = source.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        _source = _source.EndsWith('\n') ? _source[..^1] : _source;
        _stretches = TemplateScanner.Scan(_source);
    }

    /// <summary>The template's statements.</summary>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    public static List<TemplateStatement> Parse(string source)
    {
        var parser = new TemplateParser(source);
        List<TemplateStatement> body = parser.Body(out ExpressionParser? tag);
        return tag is null ? body : throw tag.Error($"the template closes with {{% {tag.Current.Value} %}} what it does not open before");
    }

    // Statements up to a tag that ends or continues a block, which is left for the caller.
    private List<TemplateStatement> Body(out ExpressionParser? ending)
    {
        if (++_depth > Deepest)
            throw new TemplateException($"the template nests blocks more than {Deepest} deep", new(_source, _stretches[_at - 1].Offset));
        var body = new List<TemplateStatement>();
        ending = null;
        while (ending is null && _at < _stretches.Count)
        {
            Stretch stretch = _stretches[_at++];
            var position = new TemplatePosition(_source, stretch.Offset);
            if (stretch.Kind == StretchKind.Text)
            {
                body.Add(new TextStatement(stretch.Text, position));
                continue;
            }

            var parser = new ExpressionParser(_source, stretch.Symbols, _context);
            if (stretch.Kind == StretchKind.Output)
                body.Add(Output(parser, position));
            else if (parser.Current.Value is "elif" or "else" || parser.Current.Value.StartsWith("end", StringComparison.Ordinal))
                ending = parser;
            else
                body.Add(Tag(parser, position));
        }

        _depth--;
        return body;
    }

    private static OutputStatement Output(ExpressionParser parser, TemplatePosition position)
    {
        var output = new OutputStatement(parser.Tuple(), position);
        parser.End();
        return output;
    }

    // Statements up to the one tag that may end them.
    private List<TemplateStatement> Block(string name, TemplatePosition position)
    {
        List<TemplateStatement> body = Body(out ExpressionParser? ending);
        if (ending is null)
            throw Unclosed(name, position);
        ending.Expect("end" + name);
        ending.End();
        return body;
    }

    private TemplateStatement Tag(ExpressionParser parser, TemplatePosition position)
    {
        string name = parser.Current.Kind == SymbolKind.Name ? parser.Name() : throw parser.Error("the template has a tag without a name");
        return name switch
        {
            "if" => If(parser, position),
            "for" => For(parser, position),
            "set" => Set(parser, position),
            "macro" => Macro(parser, position),
            "call" => Call(parser, position),
            "filter" => FilterBlock(parser, position),
            "with" => With(parser, position),
            "generation" => Generation(parser, position),
            "break" => Leave(parser, TemplateFlow.Break, position),
            "continue" => Leave(parser, TemplateFlow.Continue, position),
            _ => throw new TemplateException($"the template uses {{% {name} %}}, which is not supported", position),
        };
    }

    private IfStatement If(ExpressionParser parser, TemplatePosition position)
    {
        _context.Conditions++;
        var branches = new List<(TemplateExpression, List<TemplateStatement>)>();
        while (true)
        {
            TemplateExpression condition = parser.Tuple(choices: false);
            parser.End();
            branches.Add((condition, Body(out ExpressionParser? next)));
            parser = next ?? throw Unclosed("if", position);
            if (parser.Take("elif"))
                continue;
            List<TemplateStatement> otherwise = [];
            if (parser.Take("else"))
            {
                parser.End();
                otherwise = Body(out next);
                parser = next ?? throw Unclosed("if", position);
            }

            parser.Expect("endif");
            parser.End();
            _context.Conditions--;
            return new IfStatement(branches, otherwise, position);
        }
    }

    private ForStatement For(ExpressionParser parser, TemplatePosition position)
    {
        TemplateTarget target = parser.Target(members: false);
        parser.Expect("in");
        TemplateExpression list = parser.Tuple(choices: false);
        TemplateExpression? condition = parser.Take("if") ? parser.Expression() : null;
        if (parser.Current.Is("recursive"))
            throw parser.Error("the template has a recursive loop, which is not supported");
        parser.End();
        _context.Loops++;
        List<TemplateStatement> body = Body(out ExpressionParser? next);
        _context.Loops--;
        ExpressionParser ending = next ?? throw Unclosed("for", position);
        List<TemplateStatement> otherwise = [];
        if (ending.Take("else"))
        {
            ending.End();
            otherwise = Body(out next);
            ending = next ?? throw Unclosed("for", position);
        }

        ending.Expect("endfor");
        ending.End();
        return new ForStatement(target, list, condition, body, otherwise, position);
    }

    private LeaveStatement Leave(ExpressionParser parser, TemplateFlow flow, TemplatePosition position)
    {
        parser.End();
        return _context.Loops > 0 ? new LeaveStatement(flow, position) : throw new TemplateException("the template leaves a loop outside of any", position);
    }

    private static TemplateException Unclosed(string block, TemplatePosition position) =>
        new($"the template opens {{% {block} %}} and does not close it", position);
}
