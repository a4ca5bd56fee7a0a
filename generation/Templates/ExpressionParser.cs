using System.Globalization;

namespace RailCluster.Generation;

/// <summary>Reads expressions from the tokens inside one pair of braces; what it does not know it refuses by name and place.</summary>
internal sealed class ExpressionParser(string source, List<Symbol> symbols)
{
    private const int Deepest = 100;

    private int _at;
    private int _depth;

    /// <summary>The next token.</summary>
    public Symbol Current => symbols[_at];

    /// <summary>Where the next token stands.</summary>
    public TemplatePosition Position => TemplatePosition.Of(source, Current.Offset);

    /// <summary>Takes a keyword or mark, if it is next.</summary>
    public bool Take(string value)
    {
        if (Current.Kind is not (SymbolKind.Name or SymbolKind.Mark) || Current.Value != value)
            return false;
        _at++;
        return true;
    }

    /// <summary>Takes a keyword or mark.</summary>
    /// <exception cref="TemplateException">It is not next.</exception>
    public void Expect(string value)
    {
        if (!Take(value))
            throw Error($"the template has {Shown()} where {value} is expected");
    }

    /// <summary>Takes a name.</summary>
    /// <exception cref="TemplateException">None is next.</exception>
    public string Name()
    {
        if (Current.Kind != SymbolKind.Name)
            throw Error($"the template has {Shown()} where a name is expected");
        return symbols[_at++].Value;
    }

    /// <summary>Checks that nothing is left.</summary>
    /// <exception cref="TemplateException">Something is.</exception>
    public void End()
    {
        if (Current.Kind != SymbolKind.End)
            throw Error($"the template has {Shown()}, which is not supported here");
    }

    /// <summary>An error at the next token.</summary>
    public TemplateException Error(string message) => new(message, Position);

    /// <summary>An expression, <c>a if b else c</c> included.</summary>
    public TemplateExpression Expression()
    {
        // Nesting recurses, and a stack that overflows takes the process with it.
        if (++_depth > Deepest)
            throw Error($"the template nests expressions more than {Deepest} deep");
        TemplatePosition position = Position;
        TemplateExpression value = Or();
        if (Take("if"))
        {
            TemplateExpression condition = Or();
            value = new ChoiceExpression(condition, value, Take("else") ? Expression() : null, position);
        }

        _depth--;
        return value;
    }

    private TemplateExpression Or()
    {
        TemplateExpression left = And();
        while (Position is var position && Take("or"))
            left = new LogicExpression(true, left, And(), position);
        return left;
    }

    private TemplateExpression And()
    {
        TemplateExpression left = Not();
        while (Position is var position && Take("and"))
            left = new LogicExpression(false, left, Not(), position);
        return left;
    }

    private TemplateExpression Not()
    {
        TemplatePosition position = Position;
        int count = 0;
        while (Take("not"))
            count++;
        TemplateExpression value = Comparison();
        for (; count > 0; count--)
            value = new NotExpression(value, position);
        return value;
    }

    private TemplateExpression Comparison()
    {
        TemplateExpression left = Sum();
        while (true)
        {
            TemplatePosition position = Position;
            string? name = TakeAny("==", "!=", "<=", ">=", "<", ">", "in");
            if (name is null && Current.Value == "not" && symbols[_at + 1].Value == "in")
            {
                _at += 2;
                name = "not in";
            }

            if (name is null)
                return left;
            left = new BinaryExpression(name, left, Sum(), position);
        }
    }

    private TemplateExpression Sum()
    {
        TemplateExpression left = Joined();
        while (Position is var position && TakeAny("+", "-") is { } name)
            left = new BinaryExpression(name, left, Joined(), position);
        return left;
    }

    private TemplateExpression Joined()
    {
        TemplateExpression left = Remainder();
        while (Position is var position && Take("~"))
            left = new BinaryExpression("~", left, Remainder(), position);
        return left;
    }

    private TemplateExpression Remainder()
    {
        TemplateExpression left = Unary();
        while (Position is var position && Take("%"))
            left = new BinaryExpression("%", left, Unary(), position);
        return left;
    }

    private TemplateExpression Unary()
    {
        TemplatePosition position = Position;
        return Take("-") ? new NegateExpression(Applied(Primary()), position) : Applied(Primary());
    }

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

    private string? TakeAny(params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            if (Take(value))
                return value;
        }

        return null;
    }

    private static long Whole(Symbol symbol, TemplatePosition position) =>
        long.TryParse(symbol.Value, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new TemplateException($"the template has the number {symbol.Value}, which is too large", position);

    private string Shown() => Current.Kind == SymbolKind.End ? "an end" : Current.Value;
}
