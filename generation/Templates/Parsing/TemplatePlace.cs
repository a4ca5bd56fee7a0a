namespace RailCluster.Generation;

/// <summary>A place in a template that is being rendered: what makes values says where, and is counted.</summary>
internal readonly record struct TemplatePlace(TemplateScope Scope, TemplatePosition Position)
{
    private const int DeepestValue = 100;

    // An entry takes the room of some characters.
    private const int EntrySize = 8;

    /// <summary>An error here.</summary>
    public TemplateException Error(string message) => new(message, Position);

    /// <summary>Counts a step.</summary>
    public void Step() => Scope.Step(Position);

    /// <summary>Counts what going through a text costs.</summary>
    public void Scan(object? value)
    {
        if (value is string or TemplateMarkup)
            Scope.Step(Position, TemplateValues.Plain(value).Length / 64);
    }

    /// <summary>Counts what looking for a part in a text can cost.</summary>
    public void Search(string text, string part) =>
        Scope.Step(Position, Math.Max(0, (long)text.Length - part.Length + 1) * part.Length / 1024);

    /// <summary>Counts what is about to be made.</summary>
    public void Make(long size) => Scope.Make(size, Position);

    /// <summary>Counts what is about to be added to what has a size already.</summary>
    public void Grow(long size, long more)
    {
        TemplateScope.Fit(size + more, Position);
        Make(more);
    }

    /// <summary>Counts a text that was made, and gives it.</summary>
    public string Made(string text)
    {
        Make(text.Length);
        return text;
    }

    /// <summary>A list of values, counted.</summary>
    public TemplateList List(IEnumerable<object?> items, ListKind kind = ListKind.List, string name = "")
    {
        var list = new List<object?>();
        foreach (object? item in items)
        {
            Grow(list.Count, EntrySize);
            list.Add(item);
        }

        return Shallow(new TemplateList(list, kind, name));
    }

    /// <summary>A mapping, counted.</summary>
    public TemplateMapping Mapping(IEnumerable<(object? Key, object? Value)> members)
    {
        var entries = new OrderedDictionary<TemplateKey, object?>();
        foreach ((object? key, object? value) in members)
        {
            Grow(entries.Count, EntrySize);
            entries[Key(key)] = value;
        }

        return Shallow(new TemplateMapping(entries));
    }

    /// <summary>A value as a key.</summary>
    public TemplateKey Key(object? value)
    {
        Scan(value);
        return TemplateKey.Fits(value)
            ? new TemplateKey(value)
            : throw Error($"the template uses a {TemplateValues.Kind(value)} as a key, which is not supported");
    }

    /// <summary>Values that come one by one, from another value.</summary>
    public TemplateStream Stream(object? source, IEnumerable<object?> items) =>
        Shallow(new TemplateStream(items, source is TemplateStream inner ? inner.Depth + 1 : 1));

    private T Shallow<T>(T value)
        where T : ITemplateNested => value.Depth <= DeepestValue
            ? value
            : throw Error($"the template nests values more than {DeepestValue} deep");
}
