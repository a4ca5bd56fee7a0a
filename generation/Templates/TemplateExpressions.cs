namespace RailCluster.Generation;

/// <summary>An expression of a template.</summary>
internal abstract record TemplateExpression(TemplatePosition Position)
{
    /// <summary>Its value.</summary>
    /// <exception cref="TemplateException">It has none.</exception>
    public object? Evaluate(TemplateScope scope)
    {
        scope.Step(Position);
        return Value(scope);
    }

    protected abstract object? Value(TemplateScope scope);

    protected TemplateException Error(string message) => new(message, Position);
}

internal sealed record LiteralExpression(object? Constant, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => Constant;
}

internal sealed record ListExpression(List<TemplateExpression> Items, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => Items.Select(item => item.Evaluate(scope)).ToList();
}

internal sealed record NameExpression(string Name, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => scope.Get(Name);
}

internal sealed record MemberExpression(TemplateExpression Target, TemplateExpression Key, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => TemplateValues.Member(Target.Evaluate(scope), Key.Evaluate(scope), Position);
}

internal sealed record SliceExpression(TemplateExpression Target, TemplateExpression? From, TemplateExpression? To, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) =>
        TemplateValues.Slice(Target.Evaluate(scope), Bound(From, scope), Bound(To, scope), Position);

    private long? Bound(TemplateExpression? bound, TemplateScope scope) => bound?.Evaluate(scope) switch
    {
        null => null,
        long number => number,
        var other => throw Error($"the template slices by a {TemplateValues.Kind(other)}"),
    };
}

internal sealed record NotExpression(TemplateExpression Operand, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => !TemplateValues.IsTrue(Operand.Evaluate(scope));
}

internal sealed record NegateExpression(TemplateExpression Operand, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => Operand.Evaluate(scope) is long number
        ? -number
        : throw Error("the template negates what is no number");
}

internal sealed record ChoiceExpression(TemplateExpression Condition, TemplateExpression Then, TemplateExpression? Else, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => TemplateValues.IsTrue(Condition.Evaluate(scope))
        ? Then.Evaluate(scope)
        : Else is null ? TemplateValues.Undefined : Else.Evaluate(scope);
}

/// <summary><c>and</c> and <c>or</c>, which give one of their operands and may leave the second unlooked at.</summary>
internal sealed record LogicExpression(bool Or, TemplateExpression Left, TemplateExpression Right, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope)
    {
        object? left = Left.Evaluate(scope);
        return TemplateValues.IsTrue(left) == Or ? left : Right.Evaluate(scope);
    }
}

internal sealed record BinaryExpression(string Operator, TemplateExpression Left, TemplateExpression Right, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope)
    {
        object? left = Left.Evaluate(scope);
        object? right = Right.Evaluate(scope);
        return Operator switch
        {
            "==" => TemplateValues.AreEqual(left, right),
            "!=" => !TemplateValues.AreEqual(left, right),
            "in" => TemplateValues.Contains(right, left, Position),
            "not in" => !TemplateValues.Contains(right, left, Position),
            "~" => TemplateScope.Bounded(TemplateValues.Print(left, Position) + TemplateValues.Print(right, Position), Position),
            "+" when left is string a && right is string b => TemplateScope.Bounded(a + b, Position),
            _ when left is long or bool && right is long or bool => Calculate(TemplateValues.Number(left), TemplateValues.Number(right)),
            _ => throw Error($"the template applies {Operator} to a {TemplateValues.Kind(left)} and a {TemplateValues.Kind(right)}"),
        };
    }

    // Remainders take the sign of the divisor, as in Python.
    private object Calculate(long left, long right) => Operator switch
    {
        "+" => left + right,
        "-" => left - right,
        "%" when right != 0 => (left % right + right) % right,
        "<" => left < right,
        ">" => left > right,
        "<=" => left <= right,
        ">=" => left >= right,
        _ => throw Error($"the template cannot calculate {left} {Operator} {right}"),
    };
}

internal sealed record TestExpression(string Test, TemplateExpression Operand, TemplatePosition Position) : TemplateExpression(Position)
{
    /// <summary>The tests there are.</summary>
    public static readonly string[] Known = ["defined", "none", "string"];

    protected override object? Value(TemplateScope scope)
    {
        object? value = Operand.Evaluate(scope);
        return Test switch
        {
            "defined" => !ReferenceEquals(value, TemplateValues.Undefined),
            "none" => value is null,
            _ => value is string,
        };
    }
}

/// <summary>A filter, or a method of a text.</summary>
internal sealed record ApplyExpression(string Name, TemplateExpression Operand, TemplateExpression? Argument, TemplatePosition Position)
    : TemplateExpression(Position)
{
    /// <summary>The filters there are.</summary>
    public static readonly string[] Filters = ["trim", "length"];

    /// <summary>The methods there are, with the number of their arguments.</summary>
    public static readonly (string Name, int Arguments)[] Methods = [("strip", 0), ("startswith", 1), ("endswith", 1)];

    protected override object? Value(TemplateScope scope)
    {
        object? value = Operand.Evaluate(scope);
        object? argument = Argument?.Evaluate(scope);
        return (Name, value, argument) switch
        {
            ("trim" or "strip", string text, null) => text.Trim(),
            ("trim", long or bool, null) => TemplateValues.Print(value, Position),
            ("length", string text, null) => (long)text.Length,
            ("length", IReadOnlyList<object?> list, null) => (long)list.Count,
            ("startswith", string text, string part) => text.StartsWith(part, StringComparison.Ordinal),
            ("endswith", string text, string part) => text.EndsWith(part, StringComparison.Ordinal),
            _ => throw Error($"the template applies {Name} to a {TemplateValues.Kind(value)}"),
        };
    }
}

internal sealed record RaiseExpression(TemplateExpression Message, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) =>
        throw new TemplateException($"the chat template refuses the conversation: {TemplateValues.Print(Message.Evaluate(scope), Position)}");
}

internal sealed record NamespaceExpression(List<(string Name, TemplateExpression Value)> Members, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplateScope scope) => Members.ToDictionary(member => member.Name, member => member.Value.Evaluate(scope), StringComparer.Ordinal);
}
