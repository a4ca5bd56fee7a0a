using System.Globalization;

namespace RailCluster.Generation;

/// <summary>
/// What template expressions work on: null (none), <see cref="Undefined"/>, bool, long, string, list (<see cref="IReadOnlyList{T}"/>) and
/// mapping (<see cref="Dictionary{TKey, TValue}"/>).
/// </summary>
internal static class TemplateValues
{
    /// <summary>The value of a name that stands for nothing.</summary>
    public static readonly object Undefined = new();

    /// <summary>Whether a condition holds for a value.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        long number => number != 0,
        string text => text.Length > 0,
        IReadOnlyList<object?> list => list.Count > 0,
        Dictionary<string, object?> mapping => mapping.Count > 0,
        _ => !ReferenceEquals(value, Undefined),
    };

    /// <summary>Whether two values are equal; values of different kinds are not.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (long or bool, long or bool) => Number(left) == Number(right),
        (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>A value as output writes it.</summary>
    public static string Print(object? value, TemplatePosition position) => value switch
    {
        null => "None",
        string text => text,
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ when ReferenceEquals(value, Undefined) => "",
        _ => throw new TemplateException($"the template prints a {Kind(value)}, which is not supported", position),
    };

    /// <summary>A member of a mapping, or an entry of a list or text by number.</summary>
    public static object? Member(object? target, object? key, TemplatePosition position) => (target, key) switch
    {
        (Dictionary<string, object?> mapping, string name) => mapping.TryGetValue(name, out object? value) ? value : Undefined,
        (IReadOnlyList<object?> list, long index) => Index(index, list.Count) is { } at ? list[at] : Undefined,
        (string text, long index) => Index(index, text.Length) is { } at ? text[at].ToString() : Undefined,
        _ => throw new TemplateException($"the template asks a {Kind(target)} for a member by {Kind(key)}", position),
    };

    /// <summary>A stretch of a list or text; bounds count from the end where negative.</summary>
    public static object Slice(object? target, long? from, long? to, TemplatePosition position)
    {
        int count = target switch
        {
            IReadOnlyList<object?> list => list.Count,
            string text => text.Length,
            _ => throw new TemplateException($"the template slices a {Kind(target)}", position),
        };
        int start = Bound(from ?? 0, count);
        int length = Math.Max(0, Bound(to ?? count, count) - start);
        return target is string whole
            ? whole.Substring(start, length)
            : ((IReadOnlyList<object?>)target).Skip(start).Take(length).ToList();
    }

    /// <summary>Whether a value stands in a list, a text or a mapping's names.</summary>
    public static bool Contains(object? container, object? value, TemplatePosition position) => (container, value) switch
    {
        (string text, string part) => text.Contains(part, StringComparison.Ordinal),
        (IReadOnlyList<object?> list, _) => list.Any(entry => AreEqual(entry, value)),
        (Dictionary<string, object?> mapping, string name) => mapping.ContainsKey(name),
        _ => throw new TemplateException($"the template looks for a {Kind(value)} in a {Kind(container)}", position),
    };

    /// <summary>A whole number; true counts as 1.</summary>
    public static long Number(object? value) => value is bool flag ? (flag ? 1 : 0) : (long)value!;

    /// <summary>The kind of a value in a word.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "none",
        bool => "boolean",
        long => "number",
        string => "text",
        IReadOnlyList<object?> => "list",
        Dictionary<string, object?> => "mapping",
        _ => "name that is not defined",
    };

    private static int? Index(long index, int count)
    {
        long at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : null;
    }

    private static int Bound(long bound, int count) => (int)Math.Clamp(bound < 0 ? bound + count : bound, 0, count);
}
