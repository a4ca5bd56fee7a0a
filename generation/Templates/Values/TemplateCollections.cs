namespace RailCluster.Generation;

/// <summary>What a list is in Python's eyes.</summary>
internal enum ListKind
{
    /// <summary>A list.</summary>
    List,

    /// <summary>A tuple.</summary>
    Tuple,

    /// <summary>What <c>range</c> gives.</summary>
    Range,

    /// <summary>The keys, values or entries of a mapping, which have a length and no order by number.</summary>
    View,
}

/// <summary>A list, which nothing can change.</summary>
/// <param name="items">What is in it.</param>
/// <param name="kind">What it is.</param>
/// <param name="name">For a view what Python calls it.</param>
internal sealed class TemplateList(IReadOnlyList<object?> items, ListKind kind = ListKind.List, string name = "") : ITemplateNested
{
    /// <summary>What is in it.</summary>
    public IReadOnlyList<object?> Items => items;

    /// <summary>What it is.</summary>
    public ListKind Kind => kind;

    /// <summary>For a view what Python calls it.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public int Depth { get; } = ITemplateNested.DepthOf(items);
}

/// <summary>A mapping in the order in which it was filled.</summary>
internal sealed class TemplateMapping(OrderedDictionary<TemplateKey, object?> entries) : ITemplateNested
{
    /// <summary>What is in it; not to be changed.</summary>
    public OrderedDictionary<TemplateKey, object?> Entries => entries;

    /// <inheritdoc/>
    public int Depth { get; } = ITemplateNested.DepthOf(entries.Values);

    /// <summary>A mapping of names.</summary>
    public static TemplateMapping Of(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var entries = new OrderedDictionary<TemplateKey, object?>();
        foreach ((string name, object? value) in members)
            entries[new TemplateKey(name)] = value;
        return new TemplateMapping(entries);
    }
}

/// <summary>A value that holds others. It knows how deep, so that walking it cannot exhaust the stack.</summary>
internal interface ITemplateNested
{
    /// <summary>How many levels it has.</summary>
    int Depth { get; }

    /// <summary>The depth of what holds these.</summary>
    static int DepthOf(IEnumerable<object?> items)
    {
        int deepest = 0;
        foreach (object? item in items)
            deepest = item is ITemplateNested nested ? Math.Max(deepest, nested.Depth) : deepest;
        return deepest + 1;
    }
}

/// <summary>A key of a mapping: none, a truth value, a number or a text. Equal numbers are one key, whatever their kind.</summary>
internal readonly struct TemplateKey(object? value) : IEquatable<TemplateKey>
{
    /// <summary>What it is.</summary>
    public object? Value { get; } = value;

    /// <summary>Whether a value can be a key.</summary>
    public static bool Fits(object? value) => value is null or bool or long or double or string;

    /// <inheritdoc/>
    public bool Equals(TemplateKey other) => (Value, other.Value) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (null, null) => true,
        (bool or long or double, bool or long or double) => TemplateNumbers.AreEqual(Value, other.Value),
        _ => false,
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TemplateKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value switch
    {
        null => 0,
        string text => text.GetHashCode(StringComparison.Ordinal),
        // Both halves apart, so that no template can choose numbers that collide.
        _ when TemplateNumbers.TryWhole(Value, out long number) => HashCode.Combine((int)number, (int)(number >> 32)),
        _ => Value.GetHashCode(),
    };
}

/// <summary>What is asked for and is not there: it prints nothing, holds nothing and is false; what more is asked of it is an error.</summary>
/// <param name="Description">What was asked for, as an error names it.</param>
/// <param name="Reason">Why it is not there; null for the usual.</param>
internal sealed record TemplateUndefined(string Description, string? Reason = null)
{
    /// <summary>The error of asking more of it.</summary>
    public TemplateException Error(TemplatePosition position) => new(Reason ?? $"the template uses {Description}, which is not defined", position);
}

/// <summary>Values that come one by one, and only once.</summary>
/// <param name="items">The values.</param>
/// <param name="depth">How many streams feed each other, this one included.</param>
internal sealed class TemplateStream(IEnumerable<object?> items, int depth) : ITemplateNested
{
    private readonly IEnumerator<object?> _items = items.GetEnumerator();

    /// <inheritdoc/>
    public int Depth => depth;

    /// <summary>What is left of it.</summary>
    public IEnumerable<object?> Rest()
    {
        while (_items.MoveNext())
            yield return _items.Current;
    }
}

/// <summary>A text that is marked as safe for HTML: what is added to it is escaped.</summary>
internal sealed record TemplateMarkup(string Text);

/// <summary>A thing with named members, such as <c>loop</c>.</summary>
internal interface ITemplateMembers
{
    /// <summary>What Python calls its kind.</summary>
    string Kind { get; }

    /// <summary>A member; false where there is none.</summary>
    bool TryMember(string name, TemplatePlace at, out object? value);
}

/// <summary>What <c>namespace()</c> gives: members that may be set from inside loops.</summary>
internal sealed class TemplateNamespace : ITemplateMembers
{
    /// <summary>Its members.</summary>
    public Dictionary<string, object?> Members { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Kind => "namespace";

    /// <inheritdoc/>
    public bool TryMember(string name, TemplatePlace at, out object? value) => Members.TryGetValue(name, out value);
}
