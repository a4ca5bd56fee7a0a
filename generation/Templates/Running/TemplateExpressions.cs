namespace RailCluster.Generation;

/// <summary>An expression of a template.</summary>
internal abstract record TemplateExpression(TemplatePosition Position)
{
    /// <summary>Its value.</summary>
    /// <exception cref="TemplateException">It has none.</exception>
    public object? Evaluate(TemplateScope scope)
    {
        scope.Enter(Position);
        object? value = Value(new TemplatePlace(scope, Position));
        scope.Leave();
        return value;
    }

    protected abstract object? Value(TemplatePlace at);
}

internal sealed record LiteralExpression(object? Constant, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => Constant;
}

/// <summary>A list or tuple.</summary>
internal sealed record ListExpression(List<TemplateExpression> Items, ListKind Kind, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => at.List(Items.Select(item => item.Evaluate(at.Scope)), Kind);
}

internal sealed record MappingExpression(List<(TemplateExpression Key, TemplateExpression Value)> Entries, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) =>
        at.Mapping(Entries.Select(entry => (entry.Key.Evaluate(at.Scope), entry.Value.Evaluate(at.Scope))));
}

internal sealed record NameExpression(string Name, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => at.Scope.TryGet(Name, out object? value)
        ? value
        : (object?)TemplateFunctions.Find(Name, Position) ?? new TemplateUndefined(Name);
}

/// <summary><c>target.name</c>.</summary>
internal sealed record MemberExpression(TemplateExpression Target, string Name, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => TemplateMembers.Named(Target.Evaluate(at.Scope), Name, at);
}

/// <summary><c>target[key]</c>.</summary>
internal sealed record EntryExpression(TemplateExpression Target, TemplateExpression Key, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => TemplateMembers.Entry(Target.Evaluate(at.Scope), Key.Evaluate(at.Scope), at);
}

internal sealed record SliceExpression(
    TemplateExpression Target,
    TemplateExpression? From,
    TemplateExpression? To,
    TemplateExpression? By,
    TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) =>
        TemplateMembers.Slice(Target.Evaluate(at.Scope), Bound(From, at), Bound(To, at), Bound(By, at), at);

    private static long? Bound(TemplateExpression? bound, TemplatePlace at) => bound?.Evaluate(at.Scope) switch
    {
        null => null,
        bool flag => flag ? 1 : 0,
        long number => number,
        TemplateUndefined missing => throw missing.Error(at.Position),
        var other => throw at.Error($"the template slices by a {TemplateValues.Kind(other)}"),
    };
}

internal sealed record NotExpression(TemplateExpression Operand, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => !TemplateValues.IsTrue(Operand.Evaluate(at.Scope));
}

/// <summary>A minus or plus in front.</summary>
internal sealed record SignExpression(string Sign, TemplateExpression Operand, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => TemplateOperators.Signed(Sign, Operand.Evaluate(at.Scope), at);
}

internal sealed record ChoiceExpression(TemplateExpression Condition, TemplateExpression Then, TemplateExpression? Else, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at) => TemplateValues.IsTrue(Condition.Evaluate(at.Scope))
        ? Then.Evaluate(at.Scope)
        : Else is null ? new TemplateUndefined("an if without else") : Else.Evaluate(at.Scope);
}

/// <summary><c>and</c> and <c>or</c>, which give one of their operands and may leave the others unlooked at.</summary>
internal sealed record LogicExpression(bool Or, List<TemplateExpression> Operands, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at)
    {
        object? value = null;
        foreach (TemplateExpression operand in Operands)
        {
            value = operand.Evaluate(at.Scope);
            if (TemplateValues.IsTrue(value) == Or)
                break;
        }

        return value;
    }
}

/// <summary>Operators of one rank, from left to right.</summary>
internal sealed record ArithmeticExpression(TemplateExpression First, List<(string Operator, TemplateExpression Operand)> Rest, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at)
    {
        object? value = First.Evaluate(at.Scope);
        foreach ((string name, TemplateExpression operand) in Rest)
            value = TemplateOperators.Apply(name, value, operand.Evaluate(at.Scope), at);
        return value;
    }
}

/// <summary>Texts joined with <c>~</c>.</summary>
internal sealed record JoinExpression(List<TemplateExpression> Parts, TemplatePosition Position) : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at)
    {
        var parts = new List<string>(Parts.Count);
        foreach (TemplateExpression part in Parts)
        {
            parts.Add(TemplatePrinter.Print(part.Evaluate(at.Scope), at));
            at.Make(parts[^1].Length);
        }

        return string.Concat(parts);
    }
}

/// <summary>Comparisons, each between two neighbours; all must hold.</summary>
internal sealed record ComparisonExpression(TemplateExpression First, List<(string Operator, TemplateExpression Operand)> Rest, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at)
    {
        object? left = First.Evaluate(at.Scope);
        foreach ((string name, TemplateExpression operand) in Rest)
        {
            object? right = operand.Evaluate(at.Scope);
            if (!TemplateOperators.Holds(name, left, right, at))
                return false;
            left = right;
        }

        return true;
    }
}
