namespace RailCluster.Generation;

/// <summary>Reads the statements of a template; what it does not know it refuses by name and place.</summary>
internal sealed class TemplateParser
{
    private const int Deepest = 50;

    private readonly string _source;
    private readonly List<Stretch> _stretches;
    private int _at;
    private int _depth;

    private TemplateParser(string source)
    {
        _source = source.ReplaceLineEndings("\n");
        _stretches = TemplateScanner.Scan(_source);
    }

    /// <summary>The template's statements.</summary>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    public static List<TemplateStatement> Parse(string source)
    {
        var parser = new TemplateParser(source);
        List<TemplateStatement> body = parser.Body(out ExpressionParser? tag);
        return tag is null ? body : throw tag.Error("the template closes what it does not open before");
    }

    // Statements up to a tag that ends or continues a block, which is left for the caller.
    private List<TemplateStatement> Body(out ExpressionParser? ending)
    {
        if (++_depth > Deepest)
            throw new TemplateException($"the template nests blocks more than {Deepest} deep");
        var body = new List<TemplateStatement>();
        ending = null;
        while (ending is null && _at < _stretches.Count)
        {
            Stretch stretch = _stretches[_at++];
            var position = TemplatePosition.Of(_source, stretch.Offset);
            if (stretch.Kind == StretchKind.Text)
            {
                body.Add(new TextStatement(stretch.Content, position));
                continue;
            }

            var parser = new ExpressionParser(_source, TemplateLexer.Read(_source, stretch));
            if (stretch.Kind == StretchKind.Output)
            {
                body.Add(new OutputStatement(parser.Expression(), position));
                parser.End();
            }
            else if (parser.Current.Value is "elif" or "else" or "endif" or "endfor")
            {
                ending = parser;
            }
            else
            {
                body.Add(Tag(parser, position));
            }
        }

        _depth--;
        return body;
    }

    private TemplateStatement Tag(ExpressionParser parser, TemplatePosition position)
    {
        if (parser.Take("if"))
            return If(parser, position);
        if (parser.Take("for"))
            return For(parser, position);
        return parser.Take("set")
            ? Set(parser, position)
            : throw parser.Error($"the template uses {{% {parser.Current.Value} %}}, which is not supported");
    }

    private IfStatement If(ExpressionParser parser, TemplatePosition position)
    {
        var branches = new List<(TemplateExpression, List<TemplateStatement>)>();
        while (true)
        {
            TemplateExpression condition = parser.Expression();
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
            return new IfStatement(branches, otherwise, position);
        }
    }

    private ForStatement For(ExpressionParser parser, TemplatePosition position)
    {
        string name = parser.Name();
        if (parser.Current.Value == ",")
            throw parser.Error("the template loops over pairs, which is not supported");
        parser.Expect("in");
        TemplateExpression list = parser.Expression();
        if (list is ChoiceExpression)
            throw new TemplateException("the template loops with a condition, which is not supported", position);
        parser.End();
        List<TemplateStatement> body = Body(out ExpressionParser? next);
        ExpressionParser ending = next ?? throw Unclosed("for", position);
        if (ending.Current.Value == "else")
            throw ending.Error("the template uses else in a loop, which is not supported");
        ending.Expect("endfor");
        ending.End();
        return new ForStatement(name, list, body, position);
    }

    private static SetStatement Set(ExpressionParser parser, TemplatePosition position)
    {
        string name = parser.Name();
        string? member = parser.Take(".") ? parser.Name() : null;
        if (parser.Current.Kind == SymbolKind.End)
            throw parser.Error("the template sets a name to a block, which is not supported");
        parser.Expect("=");
        TemplateExpression value = parser.Expression();
        parser.End();
        return new SetStatement(name, member, value, position);
    }

    private static TemplateException Unclosed(string block, TemplatePosition position) => new($"the template opens {{% {block} %}} and does not close it", position);
}
