using System.Globalization;

namespace RailCluster.Generation;

/// <content>Values, and what follows them: members, slices, methods, filters, tests, calls.</content>
internal sealed partial class ExpressionParser
{
    // Members, slices, methods, filters and tests follow what they apply to.
    private TemplateExpression Applied(TemplateExpression value)
    {
        while (true)
        {
            TemplatePosition position = Position;
            if (Take("."))
                value = Member(value, position);
            else if (Take("["))
                value = Index(value, position);
            else if (Take("|"))
                value = Filter(value, position);
            else if (Take("is"))
                value = Test(value, position);
            else if (Current is { Kind: SymbolKind.Mark, Value: "(" })
                throw Error("the template calls what is no function");
            else
                return value;
        }
    }

    private TemplateExpression Member(TemplateExpression target, TemplatePosition position)
    {
        string name = Name();
        if (!Take("("))
        {
            if (target is NameExpression { Name: "loop" } && !ForStatement.LoopMembers.Contains(name))
                throw new TemplateException($"the template uses loop.{name}, which is not supported", position);
            return new MemberExpression(target, new LiteralExpression(name, position), position);
        }

        int arguments = Array.Find(ApplyExpression.Methods, method => method.Name == name) is { Name: not null } found
            ? found.Arguments
            : throw new TemplateException($"the template calls .{name}(), which is not supported", position);
        TemplateExpression? argument = arguments == 1 ? Expression() : null;
        Expect(")");
        return new ApplyExpression(name, target, argument, position);
    }

    private TemplateExpression Index(TemplateExpression target, TemplatePosition position)
    {
        TemplateExpression? from = Current.Value == ":" ? null : Expression();
        if (!Take(":"))
        {
            Expect("]");
            return new MemberExpression(target, from!, position);
        }

        TemplateExpression? to = Current is { Kind: SymbolKind.Mark, Value: "]" or ":" } ? null : Expression();
        if (Current.Value == ":")
            throw Error("the template slices with a step, which is not supported");
        Expect("]");
        return new SliceExpression(target, from, to, position);
    }

    private ApplyExpression Filter(TemplateExpression target, TemplatePosition position)
    {
        string name = Name();
        if (!ApplyExpression.Filters.Contains(name))
            throw new TemplateException($"the template uses the filter {name}, which is not supported", position);
        return Take("(") ? throw Error($"the template gives the filter {name} arguments, which is not supported") : new ApplyExpression(name, target, null, position);
    }

    private TemplateExpression Test(TemplateExpression target, TemplatePosition position)
    {
        bool not = Take("not");
        string name = Name();
        TemplateExpression test = TestExpression.Known.Contains(name)
            ? new TestExpression(name, target, position)
            : throw new TemplateException($"the template uses the test {name}, which is not supported", position);
        return not ? new NotExpression(test, position) : test;
    }

    private TemplateExpression Primary()
    {
        TemplatePosition position = Position;
        Symbol symbol = Current;
        if (symbol.Kind == SymbolKind.End)
            throw Error("the template ends an expression too early");
        _at++;
        return symbol switch
        {
            { Kind: SymbolKind.Text } => new LiteralExpression(symbol.Value, position),
            { Kind: SymbolKind.Number } => new LiteralExpression(Whole(symbol, position), position),
            { Kind: SymbolKind.Name, Value: "true" or "True" } => new LiteralExpression(true, position),
            { Kind: SymbolKind.Name, Value: "false" or "False" } => new LiteralExpression(false, position),
            { Kind: SymbolKind.Name, Value: "none" or "None" } => new LiteralExpression(null, position),
            { Kind: SymbolKind.Name } when Take("(") => Call(symbol.Value, position),
            { Kind: SymbolKind.Name } => new NameExpression(symbol.Value, position),
            { Value: "(" } => Bracketed(),
            { Value: "[" } => List(position),
            _ => throw new TemplateException($"the template has {symbol.Value} where a value is expected", position),
        };
    }

    private TemplateExpression Call(string name, TemplatePosition position)
    {
        if (name == "raise_exception")
        {
            TemplateExpression message = Expression();
            Expect(")");
            return new RaiseExpression(message, position);
        }

        if (name != "namespace")
            throw new TemplateException($"the template calls {name}(), which is not supported", position);
        var members = new List<(string, TemplateExpression)>();
        while (!Take(")"))
        {
            string member = Name();
            Expect("=");
            members.Add((member, Expression()));
            if (Current.Value != ")")
                Expect(",");
        }

        return new NamespaceExpression(members, position);
    }

    private TemplateExpression Bracketed()
    {
        TemplateExpression value = Expression();
        Expect(")");
        return value;
    }

    private ListExpression List(TemplatePosition position)
    {
        var items = new List<TemplateExpression>();
        while (!Take("]"))
        {
            items.Add(Expression());
            if (Current.Value != "]")
                Expect(",");
        }

        return new ListExpression(items, position);
    }

    private static long Whole(Symbol symbol, TemplatePosition position) =>
        long.TryParse(symbol.Value, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new TemplateException($"the template has the number {symbol.Value}, which is too large", position);
}
