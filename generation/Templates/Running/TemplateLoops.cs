namespace RailCluster.Generation;

/// <summary>What a statement sets.</summary>
internal abstract record TemplateTarget(TemplatePosition Position)
{
    /// <summary>Sets it.</summary>
    public abstract void Set(object? value, TemplateScope scope);
}

internal sealed record NameTarget(string Name, TemplatePosition Position) : TemplateTarget(Position)
{
    public override void Set(object? value, TemplateScope scope) => scope.Set(Name, value);
}

/// <summary>A member of a namespace.</summary>
internal sealed record MemberTarget(string Name, string Member, TemplatePosition Position) : TemplateTarget(Position)
{
    public override void Set(object? value, TemplateScope scope)
    {
        if (!scope.TryGet(Name, out object? target) || target is not TemplateNamespace members)
            throw new TemplateException($"the template sets {Name}.{Member}, and {Name} is no namespace", Position);
        members.Members[Member] = value;
    }
}

/// <summary>Several, each from one of as many values.</summary>
internal sealed record TupleTarget(List<TemplateTarget> Targets, TemplatePosition Position) : TemplateTarget(Position)
{
    public override void Set(object? value, TemplateScope scope)
    {
        var at = new TemplatePlace(scope, Position);
        object?[] values = [.. TemplateValues.Items(value, at).Take(Targets.Count + 1)];
        if (values.Length != Targets.Count)
            throw at.Error($"the template sets {Targets.Count} names from {(values.Length > Targets.Count ? "more" : "fewer")} values");
        for (int i = 0; i < values.Length; i++)
            Targets[i].Set(values[i], scope);
    }
}

/// <summary>What <c>loop</c> tells; it looks ahead only when it is asked.</summary>
internal sealed class TemplateLoop(IEnumerator<object?> items, int? known) : ITemplateMembers
{
    private readonly Queue<object?> _ahead = new();
    private object? _previous = TemplateFunction.Absent;
    private object? _current = TemplateFunction.Absent;
    private object? _changed = TemplateFunction.Absent;
    private long _index = -1;

    /// <inheritdoc/>
    public string Kind => "loop";

    /// <summary>Goes to the next round; false where there is none.</summary>
    public bool Next(out object? item)
    {
        item = null;
        if (_ahead.Count == 0 && !Look())
            return false;
        item = _ahead.Dequeue();
        (_previous, _current) = (_current, item);
        _index++;
        return true;
    }

    /// <inheritdoc/>
    public bool TryMember(string name, TemplatePlace at, out object? value)
    {
        value = name switch
        {
            "index" => _index + 1,
            "index0" => _index,
            "first" => _index == 0,
            "last" => !Ahead(),
            "length" => Length(at),
            "revindex" => Length(at) - _index,
            "revindex0" => Length(at) - _index - 1,
            "depth" => 1L,
            "depth0" => 0L,
            "previtem" => ReferenceEquals(_previous, TemplateFunction.Absent) ? new TemplateUndefined("the item before the first") : _previous,
            "nextitem" => Ahead() ? _ahead.Peek() : new TemplateUndefined("the item behind the last"),
            "cycle" => new TemplateFunction("loop.cycle", "*", Cycle),
            "changed" => new TemplateFunction("loop.changed", "*", given => Changed(given)),
            _ => TemplateFunction.Absent,
        };
        return !ReferenceEquals(value, TemplateFunction.Absent);
    }

    private long Length(TemplatePlace at)
    {
        while (known is null && Look())
            at.Make(1);
        return known ?? _index + 1 + _ahead.Count;
    }

    private object? Cycle(TemplateValuesGiven given)
    {
        IReadOnlyList<object?> values = ((TemplateList)given[0]!).Items;
        return values.Count > 0 ? values[(int)(_index % values.Count)] : throw given.At.Error("the template cycles through nothing");
    }

    private bool Changed(TemplateValuesGiven given)
    {
        bool changed = ReferenceEquals(_changed, TemplateFunction.Absent) || !TemplateValues.AreEqual(_changed, given[0], given.At);
        _changed = given[0];
        return changed;
    }

    private bool Ahead() => _ahead.Count > 0 || Look();

    private bool Look()
    {
        if (!items.MoveNext())
            return false;
        _ahead.Enqueue(items.Current);
        return true;
    }
}

internal sealed record ForStatement(
    TemplateTarget Target,
    TemplateExpression List,
    TemplateExpression? Condition,
    List<TemplateStatement> Body,
    List<TemplateStatement> Else,
    TemplatePosition Position) : TemplateStatement(Position)
{
    protected override TemplateFlow Do(TemplatePlace at)
    {
        TemplateScope scope = at.Scope;
        object? list = List.Evaluate(scope);
        at.Scan(list);
        IEnumerable<object?> items = TemplateValues.Items(list, at);
        int? known = Condition is null && list is not TemplateStream ? (int?)TemplateValues.Length(list) : null;
        var loop = new TemplateLoop((Condition is null ? items : Chosen(items, scope, scope.Frame)).GetEnumerator(), known);
        bool any = false;
        while (loop.Next(out object? item))
        {
            any = true;
            scope.Step(Position);
            TemplateFrame before = scope.Push(scope.Frame);
            scope.Set("loop", loop);
            Target.Set(item, scope);
            TemplateFlow flow = RunAll(Body, scope);
            scope.Pop(before);
            if (flow == TemplateFlow.Break)
                break;
        }

        return any ? TemplateFlow.Next : RunAll(Else, scope);
    }

    // A condition is looked at when its item's turn comes, as it may change until then.
    private IEnumerable<object?> Chosen(IEnumerable<object?> items, TemplateScope scope, TemplateFrame around)
    {
        foreach (object? item in items)
        {
            scope.Step(Position);
            TemplateFrame before = scope.Push(around);
            Target.Set(item, scope);
            bool chosen = TemplateValues.IsTrue(Condition!.Evaluate(scope));
            scope.Pop(before);
            if (chosen)
                yield return item;
        }
    }
}
