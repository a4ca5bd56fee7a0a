namespace RailCluster.Generation;

/// <content>The tags that make names: set, macro, call, filter, with, generation.</content>
internal sealed partial class TemplateParser
{
    private TemplateStatement Set(ExpressionParser parser, TemplatePosition position)
    {
        TemplateTarget target = parser.Target(members: true);
        if (parser.Take("="))
        {
            TemplateExpression value = parser.Tuple();
            parser.End();
            return new SetStatement(target, value, position);
        }

        List<FilterExpression> filters = parser.Filters(started: false);
        parser.End();
        return new SetBlockStatement(target, filters, Apart("set", position), position);
    }

    private MacroStatement Macro(ExpressionParser parser, TemplatePosition position)
    {
        string name = parser.Name();
        List<TemplateParameter> parameters = parser.Parameters();
        parser.End();
        return new MacroStatement(name, MacroText(name, parameters, position, "macro"), position);
    }

    private CallStatement Call(ExpressionParser parser, TemplatePosition position)
    {
        List<TemplateParameter> parameters = parser.Current.Is("(") ? parser.Parameters() : [];
        CallExpression call = parser.Expression() as CallExpression ?? throw new TemplateException("the template has {% call %} without a call", position);
        parser.End();
        return new CallStatement(call, MacroText("caller", parameters, position, "call"), position);
    }

    private TemplateMacroText MacroText(string name, List<TemplateParameter> parameters, TemplatePosition position, string tag)
    {
        _context.BeginMentions();
        List<TemplateStatement> body = Apart(tag, position);
        return new TemplateMacroText(name, parameters, body, _context.EndMentions());
    }

    private FilterBlockStatement FilterBlock(ExpressionParser parser, TemplatePosition position)
    {
        List<FilterExpression> filters = parser.Filters(started: true);
        parser.End();
        return new FilterBlockStatement(filters, Apart("filter", position), position);
    }

    private WithStatement With(ExpressionParser parser, TemplatePosition position)
    {
        var names = new List<(TemplateTarget, TemplateExpression)>();
        while (parser.Current.Kind != SymbolKind.End)
        {
            if (names.Count > 0)
                parser.Expect(",");
            TemplateTarget target = parser.SingleTarget(members: false);
            parser.Expect("=");
            names.Add((target, parser.Expression()));
        }

        return new WithStatement(names, Block("with", position), position);
    }

    // It marks for training what the model says, and is written as it is.
    private WithStatement Generation(ExpressionParser parser, TemplatePosition position)
    {
        parser.End();
        return new WithStatement([], Apart("generation", position), position);
    }

    // What is written apart cannot leave the loops around it.
    private List<TemplateStatement> Apart(string name, TemplatePosition position)
    {
        int loops = _context.Loops;
        _context.Loops = 0;
        List<TemplateStatement> body = Block(name, position);
        _context.Loops = loops;
        return body;
    }
}
