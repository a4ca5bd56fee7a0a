namespace RailCluster.Generation;

/// <content>What expressions begin with: literals, names, and what stands in brackets.</content>
internal sealed partial class ExpressionParser
{
    private TemplateExpression Primary()
    {
        TemplatePosition position = Position;
        Symbol symbol = Current;
        if (symbol.Kind == SymbolKind.End)
            throw Error("the template ends an expression too early");
        _at++;
        switch (symbol)
        {
            case { Kind: SymbolKind.Text }:
                return new LiteralExpression(Texts(symbol.Value), position);
            case { Kind: SymbolKind.Whole }:
                return new LiteralExpression(TemplateLiterals.Whole(symbol, position), position);
            case { Kind: SymbolKind.Real }:
                return new LiteralExpression(TemplateLiterals.Real(symbol), position);
            case { Kind: SymbolKind.Name, Value: "true" or "True" }:
                return new LiteralExpression(true, position);
            case { Kind: SymbolKind.Name, Value: "false" or "False" }:
                return new LiteralExpression(false, position);
            case { Kind: SymbolKind.Name, Value: "none" or "None" }:
                return new LiteralExpression(null, position);
            case { Kind: SymbolKind.Name }:
                context.Mention(symbol.Value);
                return new NameExpression(symbol.Value, position);
            case { Value: "(" }:
                return Bracketed(position);
            case { Value: "[" }:
                return List(position);
            case { Value: "{" }:
                return Mapping(position);
            default:
                throw new TemplateException($"the template has {symbol.Value} where a value is expected", position);
        }
    }

    // Texts side by side are one.
    private string Texts(string first)
    {
        var texts = new List<string> { first };
        while (Current.Kind == SymbolKind.Text)
            texts.Add(symbols[_at++].Value);
        return string.Concat(texts);
    }

    private TemplateExpression Bracketed(TemplatePosition position)
    {
        TemplateExpression value = Current.Is(")") ? new ListExpression([], ListKind.Tuple, position) : Tuple();
        Expect(")");
        return value;
    }

    private ListExpression List(TemplatePosition position)
    {
        var items = new List<TemplateExpression>();
        while (!Take("]"))
        {
            items.Add(Expression());
            if (!Current.Is("]"))
                Expect(",");
        }

        return new ListExpression(items, ListKind.List, position);
    }

    private MappingExpression Mapping(TemplatePosition position)
    {
        var entries = new List<(TemplateExpression, TemplateExpression)>();
        while (!Take("}"))
        {
            TemplateExpression key = Expression();
            Expect(":");
            entries.Add((key, Expression()));
            if (!Current.Is("}"))
                Expect(",");
        }

        return new MappingExpression(entries, position);
    }
}
