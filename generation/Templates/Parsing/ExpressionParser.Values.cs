namespace RailCluster.Generation;

/// <content>Values, and what follows them: members, slices, calls, filters, tests.</content>
internal sealed partial class ExpressionParser
{
    /// <summary>The filters in front of a block: <c>name(values) | name</c>.</summary>
    public List<FilterExpression> Filters(bool started)
    {
        var filters = new List<FilterExpression>();
        while (started || Current.Is("|"))
        {
            if (!started)
                Expect("|");
            started = false;
            filters.Add(Filter(null, Position));
        }

        return filters;
    }

    private TemplateExpression Unary()
    {
        TemplateExpression value = Signed();
        while (true)
        {
            TemplatePosition position = Position;
            if (Take("|"))
                value = Filter(value, position);
            else if (Take("is"))
                value = Test(value, position);
            else if (Current.Is("("))
                value = new CallExpression(value, Arguments(), position);
            else
                return value;
        }
    }

    private TemplateExpression Signed()
    {
        var signs = new Stack<(string, TemplatePosition)>();
        for (TemplatePosition position = Position; TakeAny("-", "+") is { } sign; position = Position)
            signs.Push((sign, position));
        if (signs.Count > Deepest)
            throw Error($"the template nests expressions more than {Deepest} deep");
        TemplateExpression value = Followed(Primary());
        foreach ((string sign, TemplatePosition position) in signs)
            value = new SignExpression(sign, value, position);
        return value;
    }

    // Members and calls bind closer than signs, filters and tests.
    private TemplateExpression Followed(TemplateExpression value)
    {
        while (true)
        {
            TemplatePosition position = Position;
            if (Take("."))
                value = Member(value, position);
            else if (Take("["))
                value = Index(value, position);
            else if (Current.Is("("))
                value = new CallExpression(value, Arguments(), position);
            else
                return value;
        }
    }

    private TemplateExpression Member(TemplateExpression target, TemplatePosition position)
    {
        if (Current.Kind != SymbolKind.Whole)
            return new MemberExpression(target, Name(), position);
        var entry = new LiteralExpression(TemplateLiterals.Whole(Current, Position), Position);
        _at++;
        return new EntryExpression(target, entry, position);
    }

    private TemplateExpression Index(TemplateExpression target, TemplatePosition position)
    {
        TemplateExpression? from = Current.Is(":") ? null : Tuple();
        if (!Take(":"))
        {
            Expect("]");
            return new EntryExpression(target, from!, position);
        }

        TemplateExpression? to = Current.Is("]") || Current.Is(":") ? null : Expression();
        TemplateExpression? by = Take(":") && !Current.Is("]") ? Expression() : null;
        Expect("]");
        return new SliceExpression(target, from, to, by, position);
    }

    private List<TemplateArgument> Arguments()
    {
        Expect("(");
        var arguments = new List<TemplateArgument>();
        while (!Take(")"))
        {
            if (Take("*"))
                arguments.Add(new(ArgumentKind.Spread, "", Expression()));
            else if (Take("**"))
                arguments.Add(new(ArgumentKind.SpreadNamed, "", Expression()));
            else if (Current.Kind == SymbolKind.Name && symbols[_at + 1].Is("="))
                arguments.Add(Named());
            else if (arguments.Any(argument => argument.Kind != ArgumentKind.Placed))
                throw Error("the template gives a value by place behind values by name");
            else
                arguments.Add(new(ArgumentKind.Placed, "", Expression()));
            if (!Current.Is(")"))
                Expect(",");
        }

        return arguments;
    }

    private TemplateArgument Named()
    {
        string name = Name();
        Expect("=");
        return new(ArgumentKind.Named, name, Expression());
    }

    private FilterExpression Filter(TemplateExpression? target, TemplatePosition position)
    {
        string name = Name();
        while (Take("."))
            name += "." + Name();
        if (TemplateFilters.Find(name) is null && !context.Conditional)
            throw new TemplateException($"the template uses the filter {name}, which is not supported", position);
        return new FilterExpression(target, name, Current.Is("(") ? Arguments() : [], position);
    }

    private TemplateExpression Test(TemplateExpression target, TemplatePosition position)
    {
        bool not = Take("not");
        string name = Name();
        if (TemplateTests.Find(name) is null && !context.Conditional)
            throw new TemplateException($"the template uses the test {name}, which is not supported", position);
        List<TemplateArgument> arguments = [];
        if (Current.Is("("))
            arguments = Arguments();
        else if (Current.Is("is"))
            throw Error("the template tests a test with is, which is not supported");
        else if (BeginsValue())
            arguments.Add(new(ArgumentKind.Placed, "", Followed(Primary())));
        var test = new TestExpression(target, name, arguments, position);
        return not ? new NotExpression(test, position) : test;
    }

    private bool BeginsValue() => Current.Kind is SymbolKind.Text or SymbolKind.Whole or SymbolKind.Real
        || Current.Is("[") || Current.Is("{") || (Current.Kind == SymbolKind.Name && Current.Value is not ("else" or "or" or "and"));
}
