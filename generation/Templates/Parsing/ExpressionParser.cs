namespace RailCluster.Generation;

/// <summary>Reads expressions from the tokens inside one pair of braces; what it does not know it refuses by name and place.</summary>
/// <param name="source">The template.</param>
/// <param name="symbols">The tokens.</param>
/// <param name="context">What is known of the template around it.</param>
internal sealed partial class ExpressionParser(string source, List<Symbol> symbols, TemplateContext context)
{
    private const int Deepest = 100;

    private int _at;
    private int _depth;

    /// <summary>The next token.</summary>
    public Symbol Current => symbols[_at];

    /// <summary>Where the next token stands.</summary>
    public TemplatePosition Position => new(source, Current.Offset);

    /// <summary>Takes a keyword or mark, if it is next.</summary>
    public bool Take(string value)
    {
        if (!Current.Is(value))
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

    /// <summary>An expression, or several with commas between as a tuple.</summary>
    public TemplateExpression Tuple(bool choices = true)
    {
        TemplatePosition position = Position;
        TemplateExpression first = choices ? Expression() : Alternative();
        if (!Current.Is(","))
            return first;
        var items = new List<TemplateExpression> { first };
        while (Take(",") && !EndsTuple())
            items.Add(choices ? Expression() : Alternative());
        return new ListExpression(items, ListKind.Tuple, position);
    }

    /// <summary>An expression, <c>a if b else c</c> included.</summary>
    public TemplateExpression Expression()
    {
        Deeper();
        TemplatePosition position = Position;
        TemplateExpression value = Or();
        while (Take("if"))
        {
            TemplateExpression condition = Or();
            value = new ChoiceExpression(condition, value, Take("else") ? Expression() : null, position);
        }

        _depth--;
        return value;
    }

    /// <summary>An expression without <c>if</c>, which has another meaning behind it.</summary>
    public TemplateExpression Alternative()
    {
        Deeper();
        TemplateExpression value = Or();
        _depth--;
        return value;
    }

    // Nesting recurses, and a stack that overflows takes the process with it.
    private void Deeper()
    {
        if (++_depth > Deepest)
            throw Error($"the template nests expressions more than {Deepest} deep");
    }

    private bool EndsTuple() => Current.Kind == SymbolKind.End || Current.Is(")") || Current.Is("=") || Current.Is("]");

    private TemplateExpression Or() => Logic(true, And, "or");

    private TemplateExpression And() => Logic(false, Not, "and");

    private TemplateExpression Logic(bool or, Func<TemplateExpression> operand, string name)
    {
        TemplatePosition position = Position;
        TemplateExpression first = operand();
        if (!Current.Is(name))
            return first;
        var operands = new List<TemplateExpression> { first };
        while (Take(name))
            operands.Add(operand());
        return new LogicExpression(or, operands, position);
    }

    private TemplateExpression Not()
    {
        TemplatePosition position = Position;
        int count = 0;
        while (Take("not"))
            count++;
        TemplateExpression value = Comparison();
        // Many are as good as one or two.
        for (count = count > 1 ? 2 - count % 2 : count; count > 0; count--)
            value = new NotExpression(value, position);
        return value;
    }

    private TemplateExpression Comparison()
    {
        TemplateExpression first = Sum();
        TemplatePosition position = Position;
        var rest = new List<(string, TemplateExpression)>();
        while (ComparisonName() is { } name)
            rest.Add((name, Sum()));
        return rest.Count == 0 ? first : new ComparisonExpression(first, rest, position);
    }

    private string? ComparisonName()
    {
        if (TakeAny("==", "!=", "<=", ">=", "<", ">", "in") is { } name)
            return name;
        if (!Current.Is("not") || !symbols[_at + 1].Is("in"))
            return null;
        _at += 2;
        return "not in";
    }

    private TemplateExpression Sum() => Chain(Joined, "+", "-");

    private TemplateExpression Joined()
    {
        TemplatePosition position = Position;
        TemplateExpression first = Product();
        if (!Current.Is("~"))
            return first;
        var parts = new List<TemplateExpression> { first };
        while (Take("~"))
            parts.Add(Product());
        return new JoinExpression(parts, position);
    }

    private TemplateExpression Product() => Chain(Power, "*", "/", "//", "%");

    private TemplateExpression Power() => Chain(Unary, "**");

    private TemplateExpression Chain(Func<TemplateExpression> operand, params ReadOnlySpan<string> names)
    {
        TemplateExpression first = operand();
        TemplatePosition position = Position;
        var rest = new List<(string, TemplateExpression)>();
        while (TakeAny(names) is { } name)
            rest.Add((name, operand()));
        return rest.Count == 0 ? first : new ArithmeticExpression(first, rest, position);
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
