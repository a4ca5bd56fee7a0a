namespace RailCluster.Generation;

/// <content>The filters that work on lists and mappings.</content>
internal static partial class TemplateFilters
{
    private static object? FirstOr(IEnumerable<object?> items, string missing)
    {
        foreach (object? item in items)
            return item;
        return new TemplateUndefined(missing);
    }

    private static TemplateStream Batch(TemplateValuesGiven given)
    {
        long size = given.Whole(1, 0);
        return new TemplateStream(Batches());

        IEnumerable<object?> Batches()
        {
            var batch = new List<object?>();
            foreach (object? item in given.Items(0))
            {
                if (batch.Count == size)
                {
                    yield return given.At.List(batch);
                    batch = [];
                }

                batch.Add(item);
            }

            if (batch.Count == 0)
                yield break;
            if (given[2] is not null && batch.Count < size)
            {
                given.At.Make(size);
                batch.AddRange(Enumerable.Repeat(given[2], (int)size - batch.Count));
            }

            yield return given.At.List(batch);
        }
    }

    private static TemplateList DictSort(TemplateValuesGiven given)
    {
        var mapping = given[0] as TemplateMapping ?? throw given.Wrong(0);
        string by = given.Has(2) ? given.OnlyText(2) : "key";
        if (by is not ("key" or "value"))
            throw given.At.Error("the template calls dictsort by what is neither key nor value");
        IEnumerable<object?> pairs = mapping.Entries.Select(entry => (object?)given.At.List([entry.Key.Value, entry.Value], ListKind.Tuple));
        return Sorted(given, pairs, pair => Folded(((TemplateList)pair!).Items[by == "key" ? 0 : 1], given.Flag(1)), given.Flag(3));
    }

    private static TemplateStream Items(TemplateValuesGiven given) => given[0] switch
    {
        TemplateUndefined => new TemplateStream([]),
        TemplateMapping mapping => new TemplateStream(mapping.Entries.Select(entry => (object?)given.At.List([entry.Key.Value, entry.Value], ListKind.Tuple))),
        _ => throw given.Wrong(0),
    };

    private static string Join(TemplateValuesGiven given)
    {
        string between = given.Has(1) ? given.Text(1) : "";
        Func<object?, object?> key = Attribute(given, 2);
        var parts = new List<string>();
        foreach (object? item in given.Items(0))
        {
            parts.Add(TemplatePrinter.Print(key(item), given.At));
            given.At.Make(parts[^1].Length + between.Length);
        }

        return string.Join(between, parts);
    }

    private static TemplateStream Map(TemplateValuesGiven given)
    {
        var placed = new List<object?>(((TemplateList)given[1]!).Items);
        List<(string Name, object? Value)> named = [.. ((TemplateMapping)given[2]!).Entries.Select(entry => ((string)entry.Key.Value!, entry.Value))];
        if (placed.Count > 0)
        {
            string name = placed[0] as string ?? throw given.At.Error("the template calls map with what is no filter's name");
            TemplateFunction filter = Find(name) ?? throw given.At.Error($"the template uses the filter {name}, which is not supported");
            var arguments = new TemplateArguments(placed[1..], named);
            return new TemplateStream(given.Items(0).Select(item => filter.Call(arguments.Before(item), given.At)));
        }

        if (!named.Exists(argument => argument.Name == "attribute") || named.Exists(argument => argument.Name is not ("attribute" or "default")))
            throw given.At.Error("the template calls map without a filter or an attribute");
        object? path = named.Find(argument => argument.Name == "attribute").Value;
        int otherwise = named.FindIndex(argument => argument.Name == "default");
        Func<object?, object?> key = Attribute(path, otherwise < 0 ? TemplateFunction.Absent : named[otherwise].Value, given.At);
        return new TemplateStream(given.Items(0).Select(key));
    }

    private static object? Extreme(TemplateValuesGiven given, int sign)
    {
        Func<object?, object?> key = Attribute(given, 2);
        object? best = new TemplateUndefined("the extreme of nothing");
        object? bestKey = TemplateFunction.Absent;
        foreach (object? item in given.Items(0))
        {
            object? itemKey = Folded(key(item), given.Flag(1));
            if (!ReferenceEquals(bestKey, TemplateFunction.Absent) && TemplateValues.Compare(itemKey, bestKey, "<", given.At) * sign <= 0)
                continue;
            (best, bestKey) = (item, itemKey);
        }

        return best;
    }

    private static TemplateStream Select(TemplateValuesGiven given, bool byAttribute, bool wanted)
    {
        var placed = new List<object?>(((TemplateList)given[1]!).Items);
        List<(string, object?)> named = [.. ((TemplateMapping)given[2]!).Entries.Select(entry => ((string)entry.Key.Value!, entry.Value))];
        if (byAttribute && placed.Count == 0)
            throw given.At.Error($"the template calls {given.Function} without an attribute");
        Func<object?, object?> key = byAttribute ? Attribute(placed[0], TemplateFunction.Absent, given.At) : item => item;
        placed.RemoveRange(0, byAttribute ? 1 : 0);
        TemplateFunction? test = null;
        if (placed.Count > 0)
        {
            string name = placed[0] as string ?? throw given.At.Error($"the template calls {given.Function} with what is no test's name");
            test = TemplateTests.Find(name) ?? throw given.At.Error($"the template uses the test {name}, which is not supported");
        }

        var arguments = new TemplateArguments(placed.Count > 0 ? placed[1..] : [], named);
        return new TemplateStream(given.Items(0).Where(item =>
            TemplateValues.IsTrue(test is null ? key(item) : test.Call(arguments.Before(key(item)), given.At)) == wanted));
    }

    private static object Reverse(TemplateValuesGiven given) => given[0] switch
    {
        string text => given.At.Made(string.Concat(PythonText.Points(text).Reverse())),
        TemplateStream => given.At.List(given.At.List(given.Items(0)).Items.Reverse()),
        _ => new TemplateStream(given.Items(0).Reverse()),
    };

    private static TemplateList Sort(TemplateValuesGiven given)
    {
        string[] paths = given[3] is string text ? text.Split(',') : [];
        Func<object?, object?>[] keys = paths.Length > 1 ? [.. paths.Select(path => Attribute(path, TemplateFunction.Absent, given.At))] : [Attribute(given, 3)];
        object? Key(object? item) => keys.Length == 1
            ? Folded(keys[0](item), given.Flag(2))
            : given.At.List(keys.Select(key => Folded(key(item), given.Flag(2))));
        return Sorted(given, given.Items(0), Key, given.Flag(1));
    }

    private static object? Sum(TemplateValuesGiven given)
    {
        object? sum = given.Has(2) ? given[2] : 0L;
        if (sum is string)
            throw given.Wrong(2);
        Func<object?, object?> key = Attribute(given, 1);
        foreach (object? item in given.Items(0))
            sum = TemplateOperators.Apply("+", sum, key(item), given.At);
        return sum;
    }

    private static TemplateStream Unique(TemplateValuesGiven given)
    {
        Func<object?, object?> key = Attribute(given, 2);
        return new TemplateStream(given.Items(0).DistinctBy(item => given.At.Key(Folded(key(item), given.Flag(1)))));
    }

    private static TemplateList GroupBy(TemplateValuesGiven given)
    {
        Func<object?, object?> key = Attribute(given[1], given.Has(2) ? given[2] : TemplateFunction.Absent, given.At);
        var groups = new List<(object? Folded, object? First, List<object?> Items)>();
        foreach (object? item in Sorted(given, given.Items(0), item => Folded(key(item), given.Flag(3)), false).Items)
        {
            object? folded = Folded(key(item), given.Flag(3));
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

    private static object? Folded(object? value, bool caseSensitive) => value is string text && !caseSensitive ? TemplateCasing.Lower(text) : value;

    private static Func<object?, object?> Attribute(TemplateValuesGiven given, int index) =>
        given[index] is null ? item => item : Attribute(given[index], TemplateFunction.Absent, given.At);

    // A path of names and numbers with points between.
    private static Func<object?, object?> Attribute(object? path, object? otherwise, TemplatePlace at)
    {
        object?[] parts = path switch
        {
            long => [path],
            string text => [.. text.Split('.').Select(part => part.Length > 0 && part.All(char.IsAsciiDigit) && long.TryParse(part, out long number) ? (object?)number : part)],
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
