namespace RailCluster.Generation;

/// <summary>Reads expressions from the tokens inside one pair of braces; what it does not know it refuses by name and place.</summary>
internal sealed partial class ExpressionParser(string source, List<Symbol> symbols)
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

    private string? TakeAny(params ReadOnlySpan<string> values)
    {
        foreach (string value in values)
        {
            if (Take(value))
                return value;
        }

        return null;
    }

    private string Shown() => Current.Kind == SymbolKind.End ? "an end" : Current.Value;
}
