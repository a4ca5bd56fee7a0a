namespace RailCluster.Generation;

/// <content>The filters that compare and group, and the paths of attributes.</content>
internal static partial class TemplateFilters
{
    private static TemplateList DictSort(TemplateValuesGiven given)
    {
        var mapping = given[0] as TemplateMapping ?? throw given.Wrong(0);
        string by = given.Has(2) ? given.OnlyText(2) : "key";
        if (by is not ("key" or "value"))
            throw given.At.Error("the template calls dictsort by what is neither key nor value");
        IEnumerable<object?> pairs = mapping.Entries.Select(entry => (object?)given.At.List([entry.Key.Value, entry.Value], ListKind.Tuple));
        return Sorted(given, pairs, pair => Folded(((TemplateList)pair!).Items[by == "key" ? 0 : 1], given.Flag(1), given.At), given.Flag(3));
    }

    private static object? Extreme(TemplateValuesGiven given, int sign)
    {
        Func<object?, object?> key = Attribute(given, 2);
        object? best = new TemplateUndefined("the extreme of nothing");
        object? bestKey = TemplateFunction.Absent;
        foreach (object? item in given.Items(0))
        {
            object? itemKey = Folded(key(item), given.Flag(1), given.At);
            if (!ReferenceEquals(bestKey, TemplateFunction.Absent) && TemplateValues.Compare(itemKey, bestKey, "<", given.At) * sign <= 0)
                continue;
            (best, bestKey) = (item, itemKey);
        }

        return best;
    }

    private static TemplateList Sort(TemplateValuesGiven given)
    {
        string[] paths = given[3] is string text ? text.Split(',') : [];
        Func<object?, object?>[] keys = paths.Length > 1
            ? [.. paths.Select(path => Attribute(path, TemplateFunction.Absent, given.At))]
            : [Attribute(given, 3)];
        // As lists, since what is equal in lists need have no order.
        object? Key(object? item) => given.At.List(keys.Select(key => Folded(key(item), given.Flag(2), given.At)));
        return Sorted(given, given.Items(0), Key, given.Flag(1));
    }

    private static TemplateStream Unique(TemplateValuesGiven given)
    {
        Func<object?, object?> key = Attribute(given, 2);
        return given.At.Stream(given[0], given.Items(0).DistinctBy(item => given.At.Key(Folded(key(item), given.Flag(1), given.At))));
    }

    private static TemplateList GroupBy(TemplateValuesGiven given)
    {
        Func<object?, object?> key = Attribute(given[1], given.Has(2) ? given[2] : TemplateFunction.Absent, given.At);
        var groups = new List<(object? Folded, object? First, List<object?> Items)>();
        foreach (object? item in Sorted(given, given.Items(0), item => Folded(key(item), given.Flag(3), given.At), false).Items)
        {
            object? folded = Folded(key(item), given.Flag(3), given.At);
            if (groups.Count == 0 || !TemplateValues.AreEqual(groups[^1].Folded, folded, given.At))
                groups.Add((folded, key(item), []));
            groups[^1].Items.Add(item);
        }

        return given.At.List(groups.Select(group => (object?)given.At.List([group.First, given.At.List(group.Items)], ListKind.Tuple, TemplateMembers.Group)));
    }

    private static TemplateList Sorted(TemplateValuesGiven given, IEnumerable<object?> items, Func<object?, object?> key, bool reverse)
    {
        // Both keep the order of what is equal, as Python does.
        var order = Comparer<object?>.Create((a, b) => TemplateValues.Compare(a, b, "<", given.At));
        (object? Key, object? Item)[] keyed = [.. items.Select(item => (key(item), item))];
        IEnumerable<(object? Key, object? Item)> sorted = reverse ? keyed.OrderByDescending(pair => pair.Key, order) : keyed.OrderBy(pair => pair.Key, order);
        try
        {
            return given.At.List(sorted.Select(pair => pair.Item));
        }
        catch (InvalidOperationException e) when (e.InnerException is TemplateException unordered)
        {
            throw unordered;
        }
    }

    private static object? Folded(object? value, bool caseSensitive, TemplatePlace at) =>
        value is string text && !caseSensitive ? at.Made(TemplateCasing.Lower(text)) : value;

    private static Func<object?, object?> Attribute(TemplateValuesGiven given, int index) =>
        given[index] is null ? item => item : Attribute(given[index], TemplateFunction.Absent, given.At);

    private static object? Part(string part) => part.All(char.IsAsciiDigit) && long.TryParse(part, out long number) ? number : part;

    // A path of names and numbers with points between.
    private static Func<object?, object?> Attribute(object? path, object? otherwise, TemplatePlace at)
    {
        object?[] parts = path switch
        {
            long => [path],
            string text => [.. text.Split('.').Select(Part)],
            _ => throw at.Error($"the template names an attribute by a {TemplateValues.Kind(path)}"),
        };
        return item =>
        {
            foreach (object? part in parts)
            {
                item = TemplateMembers.Entry(item, part, at);
                if (item is TemplateUndefined && !ReferenceEquals(otherwise, TemplateFunction.Absent) && otherwise is not null)
                    item = otherwise;
            }

            return item;
        };
    }
}
