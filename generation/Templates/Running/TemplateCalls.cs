namespace RailCluster.Generation;

/// <summary>How a value is given to a call.</summary>
internal enum ArgumentKind
{
    /// <summary>By its place.</summary>
    Placed,

    /// <summary>By name.</summary>
    Named,

    /// <summary>A list of values by place.</summary>
    Spread,

    /// <summary>A mapping of values by name.</summary>
    SpreadNamed,
}

/// <summary>A value given to a call.</summary>
internal readonly record struct TemplateArgument(ArgumentKind Kind, string Name, TemplateExpression Value)
{
    /// <summary>The values of a call.</summary>
    public static TemplateArguments Evaluate(List<TemplateArgument> arguments, TemplatePlace at)
    {
        var values = new TemplateArguments([], []);
        foreach (TemplateArgument argument in arguments)
        {
            object? value = argument.Value.Evaluate(at.Scope);
            if (argument.Kind == ArgumentKind.Placed)
                values.Placed.Add(value);
            else if (argument.Kind == ArgumentKind.Named)
                values.Named.Add((argument.Name, value));
            else if (argument.Kind == ArgumentKind.Spread)
                values.Placed.AddRange(at.List(TemplateValues.Items(value, at)).Items);
            else if (value is TemplateMapping mapping)
                values.Named.AddRange(mapping.Entries.Select(entry =>
                    (entry.Key.Value as string ?? throw at.Error("the template spreads names that are no texts"), entry.Value)));
            else
                throw at.Error($"the template spreads a {TemplateValues.Kind(value)} as names");
        }

        return values;
    }
}

/// <summary>A call of a function, method or macro.</summary>
internal sealed record CallExpression(TemplateExpression Target, List<TemplateArgument> Arguments, TemplatePosition Position) : TemplateExpression(Position)
{
    /// <summary>Calls it, with a block that it can call back.</summary>
    public object? Call(TemplatePlace at, ITemplateCallable? caller = null)
    {
        object? target = Target.Evaluate(at.Scope);
        TemplateArguments arguments = TemplateArgument.Evaluate(Arguments, at);
        if (caller is not null)
            arguments.Named.Add(("caller", caller));
        return target switch
        {
            ITemplateCallable function => function.Call(arguments, at),
            TemplateUndefined { Reason: not null } missing => throw missing.Error(at.Position),
            TemplateUndefined missing => throw at.Error($"the template calls {missing.Description}, which is not defined or not supported"),
            _ => throw at.Error($"the template calls a {TemplateValues.Kind(target)}"),
        };
    }

    protected override object? Value(TemplatePlace at) => Call(at);
}

/// <summary>A filter behind a value; the value stands first.</summary>
internal sealed record FilterExpression(TemplateExpression? Operand, string Name, List<TemplateArgument> Arguments, TemplatePosition Position)
    : TemplateExpression(Position)
{
    /// <summary>Applies it to a value.</summary>
    public object? Apply(object? value, TemplatePlace at)
    {
        // Inside a condition a filter may be unknown, as long as it is not asked for.
        TemplateFunction filter = TemplateFilters.Find(Name) ?? throw at.Error($"the template uses the filter {Name}, which is not supported");
        if (!TemplateFilters.Takes(Name, value))
            throw at.Error($"the template applies {Name} to a text marked as safe, which is not supported");
        return filter.Call(TemplateArgument.Evaluate(Arguments, at).Before(value), at);
    }

    protected override object? Value(TemplatePlace at) => Apply(Operand!.Evaluate(at.Scope), at);
}

/// <summary>A test behind <c>is</c>.</summary>
internal sealed record TestExpression(TemplateExpression Operand, string Name, List<TemplateArgument> Arguments, TemplatePosition Position)
    : TemplateExpression(Position)
{
    protected override object? Value(TemplatePlace at)
    {
        object? value = Operand.Evaluate(at.Scope);
        TemplateFunction test = TemplateTests.Find(Name) ?? throw at.Error($"the template uses the test {Name}, which is not supported");
        return test.Call(TemplateArgument.Evaluate(Arguments, at).Before(value), at);
    }
}

/// <summary>A parameter of a macro, with its default.</summary>
internal readonly record struct TemplateParameter(string Name, TemplateExpression? Default);

/// <summary>What a macro is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">Its statements.</param>
/// <param name="Mentions">The names that are spoken of inside.</param>
internal sealed record TemplateMacroText(string Name, List<TemplateParameter> Parameters, List<TemplateStatement> Body, HashSet<string> Mentions);

/// <summary>A macro with the names that it was defined among.</summary>
internal sealed class TemplateMacro(TemplateMacroText text, TemplateFrame outer) : ITemplateCallable
{
    /// <inheritdoc/>
    public object? Call(TemplateArguments arguments, TemplatePlace at)
    {
        TemplateScope scope = at.Scope;
        scope.Enter(at.Position);
        TemplateFrame before = scope.Push(outer);
        scope.Capture();
        Bind(arguments, at);
        TemplateStatement.RunAll(text.Body, scope);
        string written = scope.Captured();
        scope.Pop(before);
        scope.Leave();
        return written;
    }

    private void Bind(TemplateArguments arguments, TemplatePlace at)
    {
        TemplateScope scope = at.Scope;
        var named = new List<(string Name, object? Value)>(arguments.Named);
        if (text.Mentions.Contains("caller"))
            scope.Set("caller", Taken(named, "caller", out object? caller) ? caller : new TemplateUndefined("caller"));
        var missing = new List<TemplateParameter>();
        for (int i = 0; i < text.Parameters.Count; i++)
        {
            TemplateParameter parameter = text.Parameters[i];
            if (i < arguments.Placed.Count)
                scope.Set(parameter.Name, arguments.Placed[i]);
            else if (Taken(named, parameter.Name, out object? value))
                scope.Set(parameter.Name, value);
            else
                missing.Add(parameter);
        }

        // Defaults may speak of the parameters before them.
        foreach (TemplateParameter parameter in missing)
            scope.Set(parameter.Name, parameter.Default is null ? new TemplateUndefined(parameter.Name) : parameter.Default.Evaluate(scope));
        Rest(arguments, named, at);
    }

    private void Rest(TemplateArguments arguments, List<(string Name, object? Value)> named, TemplatePlace at)
    {
        List<object?> placed = arguments.Behind(text.Parameters.Count).Placed;
        if (text.Mentions.Contains("varargs"))
            at.Scope.Set("varargs", at.List(placed, ListKind.Tuple));
        else if (placed.Count > 0)
            throw at.Error($"the template calls {text.Name} with more than {text.Parameters.Count} values");
        if (text.Mentions.Contains("kwargs"))
            at.Scope.Set("kwargs", at.Mapping(named.Select(argument => ((object?)argument.Name, argument.Value))));
        else if (named.Count > 0)
            throw at.Error($"the template calls {text.Name} with {named[0].Name}, which it does not take");
    }

    private static bool Taken(List<(string Name, object? Value)> named, string name, out object? value)
    {
        int place = named.FindIndex(argument => argument.Name == name);
        value = place < 0 ? null : named[place].Value;
        if (place >= 0)
            named.RemoveAt(place);
        return place >= 0;
    }
}
