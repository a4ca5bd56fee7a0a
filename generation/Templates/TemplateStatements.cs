namespace RailCluster.Generation;

/// <summary>A statement of a template.</summary>
internal abstract record TemplateStatement(TemplatePosition Position)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="TemplateException">It cannot be run.</exception>
    public void Run(TemplateScope scope)
    {
        scope.Step(Position);
        Do(scope);
    }

    protected abstract void Do(TemplateScope scope);

    protected static void RunAll(List<TemplateStatement> body, TemplateScope scope)
    {
        foreach (TemplateStatement statement in body)
            statement.Run(scope);
    }
}

internal sealed record TextStatement(string Text, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override void Do(TemplateScope scope) => scope.Write(Text, Position);
}

internal sealed record OutputStatement(TemplateExpression Expression, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override void Do(TemplateScope scope) => scope.Write(TemplateValues.Print(Expression.Evaluate(scope), Position), Position);
}

internal sealed record SetStatement(string Name, string? Member, TemplateExpression Expression, TemplatePosition Position) : TemplateStatement(Position)
{
    protected override void Do(TemplateScope scope)
    {
        object? value = Expression.Evaluate(scope);
        if (Member is null)
            scope.Set(Name, value);
        else if (scope.Get(Name) is Dictionary<string, object?> mapping)
            mapping[Member] = value;
        else
            throw new TemplateException($"the template sets {Name}.{Member}, and {Name} is no namespace", Position);
    }
}

internal sealed record IfStatement(
    List<(TemplateExpression Condition, List<TemplateStatement> Body)> Branches,
    List<TemplateStatement> Else,
    TemplatePosition Position) : TemplateStatement(Position)
{
    protected override void Do(TemplateScope scope)
    {
        foreach ((TemplateExpression condition, List<TemplateStatement> body) in Branches)
        {
            if (!TemplateValues.IsTrue(condition.Evaluate(scope)))
                continue;
            RunAll(body, scope);
            return;
        }

        RunAll(Else, scope);
    }
}

internal sealed record ForStatement(string Name, TemplateExpression List, List<TemplateStatement> Body, TemplatePosition Position)
    : TemplateStatement(Position)
{
    /// <summary>What <c>loop</c> tells.</summary>
    public static readonly string[] LoopMembers = ["first", "last", "index", "index0", "length"];

    protected override void Do(TemplateScope scope)
    {
        object? value = List.Evaluate(scope);
        if (value is not IReadOnlyList<object?> list)
            throw new TemplateException($"the template loops over a {TemplateValues.Kind(value)}", Position);
        for (int i = 0; i < list.Count; i++)
        {
            scope.Step(Position);
            scope.Push();
            scope.Set(Name, list[i]);
            scope.Set("loop", new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["first"] = i == 0,
                ["last"] = i == list.Count - 1,
                ["index"] = (long)i + 1,
                ["index0"] = (long)i,
                ["length"] = (long)list.Count,
            });
            RunAll(Body, scope);
            scope.Pop();
        }
    }
}
