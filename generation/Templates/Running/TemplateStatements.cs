namespace RailCluster.Generation;

/// <summary>How a template goes on behind a statement.</summary>
internal enum TemplateFlow
{
    /// <summary>With the next.</summary>
    Next,

    /// <summary>Behind the loop.</summary>
    Break,

    /// <summary>With the loop's next round.</summary>
    Continue,
}

/// <summary>A statement of a template.</summary>
internal abstract record TemplateStatement(TemplatePosition Position)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="TemplateException">It cannot be run.</exception>
    public TemplateFlow Run(TemplateScope scope)
    {
        scope.Enter(Position);
        TemplateFlow flow = Do(new TemplatePlace(scope, Position));
        scope.Leave();
        return flow;
    }

    /// <summary>Runs statements until one leaves a loop.</summary>
    public static TemplateFlow RunAll(List<TemplateStatement> body, TemplateScope scope)
    {
        foreach (TemplateStatement statement in body)
        {
            if (statement.Run(scope) is not TemplateFlow.Next and var flow)
                return flow;
        }

        return TemplateFlow.Next;
    }

    protected abstract TemplateFlow Do(TemplatePlace at);

    // What statements write, with names of their own.
    protected static string Written(List<TemplateStatement> body, List<FilterExpression> filters, TemplatePlace at)
    {
        TemplateScope scope = at.Scope;
        TemplateFrame before = scope.Push(scope.Frame);
        scope.Capture();
        RunAll(body, scope);
        object? written = scope.Captured();
        foreach (FilterExpression filter in filters)
            written = filter.Apply(written, at);
        scope.Pop(before);
        return TemplatePrinter.Print(written, at);
    }
}

internal sealed record TextStatement(string Text, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        at.Scope.Write(Text, Position);
        return TemplateFlow.Next;
    }
}

internal sealed record OutputStatement(TemplateExpression Expression, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        at.Scope.Write(TemplatePrinter.Print(Expression.Evaluate(at.Scope), at), Position);
        return TemplateFlow.Next;
    }
}

internal sealed record IfStatement(
    List<(TemplateExpression Condition, List<TemplateStatement> Body)> Branches,
    List<TemplateStatement> Else,
    TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        foreach ((TemplateExpression condition, List<TemplateStatement> body) in Branches)
        {
            if (TemplateValues.IsTrue(condition.Evaluate(at.Scope)))
                return RunAll(body, at.Scope);
        }

        return RunAll(Else, at.Scope);
    }
}

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed record LeaveStatement(TemplateFlow Flow, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at) => Flow;
}

internal sealed record SetStatement(TemplateTarget Target, TemplateExpression Expression, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        Target.Set(Expression.Evaluate(at.Scope), at.Scope);
        return TemplateFlow.Next;
    }
}

/// <summary><c>set</c> to what a block writes.</summary>
internal sealed record SetBlockStatement(TemplateTarget Target, List<FilterExpression> Filters, List<TemplateStatement> Body, TemplatePosition Position)
    : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        Target.Set(Written(Body, Filters, at), at.Scope);
        return TemplateFlow.Next;
    }
}

internal sealed record FilterBlockStatement(List<FilterExpression> Filters, List<TemplateStatement> Body, TemplatePosition Position)
    : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        at.Scope.Write(Written(Body, Filters, at), Position);
        return TemplateFlow.Next;
    }
}

/// <summary>A block with names of its own.</summary>
internal sealed record WithStatement(List<(TemplateTarget Target, TemplateExpression Value)> Names, List<TemplateStatement> Body, TemplatePosition Position)
    : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        List<object?> values = [.. Names.Select(name => name.Value.Evaluate(at.Scope))];
        TemplateFrame before = at.Scope.Push(at.Scope.Frame);
        for (int i = 0; i < values.Count; i++)
            Names[i].Target.Set(values[i], at.Scope);
        TemplateFlow flow = RunAll(Body, at.Scope);
        at.Scope.Pop(before);
        return flow;
    }
}

internal sealed record MacroStatement(string Name, TemplateMacroText Text, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        at.Scope.Set(Name, new TemplateMacro(Text, at.Scope.Frame));
        return TemplateFlow.Next;
    }
}

/// <summary>A call of a macro, which can call the block back.</summary>
internal sealed record CallStatement(CallExpression Call, TemplateMacroText Text, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        object? written = Call.Call(at, new TemplateMacro(Text, at.Scope.Frame));
        at.Scope.Write(TemplatePrinter.Print(written, at), Position);
        return TemplateFlow.Next;
    }
}
