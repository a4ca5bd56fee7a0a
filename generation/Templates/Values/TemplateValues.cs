namespace RailCluster.Generation;

/// <summary>
/// What template expressions work on, and what Python does with it: null (none), <see cref="TemplateUndefined"/>, bool, long, double, string,
/// <see cref="TemplateMarkup"/>, <see cref="TemplateList"/>, <see cref="TemplateMapping"/>, <see cref="TemplateStream"/>,
/// <see cref="ITemplateMembers"/> and <see cref="ITemplateCallable"/>.
/// </summary>
internal static class TemplateValues
{
    /// <summary>Whether a condition holds for a value.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or TemplateUndefined => false,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        string text => text.Length > 0,
        TemplateMarkup markup => markup.Text.Length > 0,
        TemplateList list => list.Items.Count > 0,
        TemplateMapping mapping => mapping.Entries.Count > 0,
        _ => true,
    };

    /// <summary>Whether two values are equal; values of different kinds are not.</summary>
    public static bool AreEqual(object? left, object? right, TemplatePlace at)
    {
        at.Step();
        return (left, right) switch
        {
            (null, null) => true,
            (string or TemplateMarkup, string or TemplateMarkup) => AreEqual(Plain(left), Plain(right), at),
            (bool or long or double, bool or long or double) => TemplateNumbers.AreEqual(left, right),
            (TemplateList { Kind: not ListKind.View } a, TemplateList b) when a.Kind == b.Kind => AreEqual(a.Items, b.Items, at),
            (TemplateMapping a, TemplateMapping b) => a.Entries.Count == b.Entries.Count && a.Entries.All(
                entry => b.Entries.TryGetValue(entry.Key, out object? other) && AreEqual(entry.Value, other, at)),
            (TemplateUndefined, TemplateUndefined) => true,
            (TemplateList { Kind: ListKind.View }, TemplateList { Kind: ListKind.View }) =>
                throw at.Error("the template compares views of mappings, which is not supported"),
            _ => ReferenceEquals(left, right),
        };
    }

    /// <summary>Which of two values comes first: negative, zero or positive.</summary>
    /// <exception cref="TemplateException">They have no order.</exception>
    public static int Compare(object? left, object? right, string name, TemplatePlace at)
    {
        at.Step();
        switch (left, right)
        {
            case (string or TemplateMarkup, string or TemplateMarkup):
                at.Scan(left);
                return PythonText.Compare(Plain(left), Plain(right));
            case (bool or long, bool or long):
                TemplateNumbers.TryWhole(left, out long a);
                TemplateNumbers.TryWhole(right, out long b);
                return a.CompareTo(b);
            case (bool or long or double, bool or long or double):
                return TemplateNumbers.Real(left).CompareTo(TemplateNumbers.Real(right));
            case (TemplateList { Kind: ListKind.List or ListKind.Tuple } m, TemplateList n) when m.Kind == n.Kind:
                for (int i = 0; i < Math.Min(m.Items.Count, n.Items.Count); i++)
                {
                    if (!AreEqual(m.Items[i], n.Items[i], at))
                        return Compare(m.Items[i], n.Items[i], name, at);
                }

                return m.Items.Count - n.Items.Count;
            case (TemplateUndefined missing, _):
                throw missing.Error(at.Position);
            case (_, TemplateUndefined missing):
                throw missing.Error(at.Position);
            default:
                throw at.Error($"the template applies {name} to a {Kind(left)} and a {Kind(right)}");
        }
    }

    /// <summary>The values that a value holds, one by one.</summary>
    /// <exception cref="TemplateException">It holds none.</exception>
    public static IEnumerable<object?> Items(object? value, TemplatePlace at) => value switch
    {
        TemplateList list => list.Items,
        string text => PythonText.Points(text),
        TemplateMarkup markup => PythonText.Points(markup.Text).Select(point => new TemplateMarkup(point)),
        TemplateMapping mapping => mapping.Entries.Keys.Select(key => key.Value),
        TemplateUndefined => [],
        TemplateStream stream => stream.Rest(),
        _ => throw at.Error($"the template goes through a {Kind(value)}, which holds nothing"),
    };

    /// <summary>How many values a value holds; null where it cannot tell.</summary>
    public static long? Length(object? value) => value switch
    {
        string text => PythonText.Length(text),
        TemplateMarkup markup => PythonText.Length(markup.Text),
        TemplateList list => list.Items.Count,
        TemplateMapping mapping => mapping.Entries.Count,
        TemplateUndefined => 0,
        _ => null,
    };

    /// <summary>Whether a value stands in a list, a text or a mapping's keys.</summary>
    public static bool Contains(object? container, object? value, TemplatePlace at) => (container, value) switch
    {
        (string or TemplateMarkup, string or TemplateMarkup) => Contains(Plain(container), Plain(value), at),
        (string or TemplateMarkup, TemplateUndefined missing) => throw missing.Error(at.Position),
        (string or TemplateMarkup, _) => throw at.Error($"the template looks for a {Kind(value)} in a {Kind(container)}"),
        (TemplateMapping mapping, _) => mapping.Entries.ContainsKey(at.Key(value is TemplateMarkup markup ? markup.Text : value)),
        _ => Items(container, at).Any(item => AreEqual(item, value, at)),
    };

    /// <summary>The text of a text, marked or not.</summary>
    public static string Plain(object? value) => value is TemplateMarkup markup ? markup.Text : (string)value!;

    /// <summary>The kind of a value in a word.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "none",
        bool => "boolean",
        long or double => "number",
        string => "text",
        TemplateMarkup => "text marked as safe",
        TemplateList { Kind: ListKind.Tuple } => "tuple",
        TemplateList { Kind: ListKind.Range } => "range",
        TemplateList { Kind: ListKind.View } => "view of a mapping",
        TemplateList => "list",
        TemplateMapping => "mapping",
        TemplateStream => "generator",
        TemplateUndefined => "name that is not defined",
        ITemplateMembers members => members.Kind,
        _ => "function",
    };

    private static bool Contains(string text, string part, TemplatePlace at)
    {
        at.Search(text, part);
        return text.Contains(part, StringComparison.Ordinal);
    }

    private static bool AreEqual(string left, string right, TemplatePlace at)
    {
        if (left.Length != right.Length)
            return false;
        at.Scan(left);
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private static bool AreEqual(IReadOnlyList<object?> left, IReadOnlyList<object?> right, TemplatePlace at)
    {
        if (left.Count != right.Count)
            return false;
        for (int i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], at))
                return false;
        }

        return true;
    }
}
