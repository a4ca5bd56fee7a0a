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
        return given.At.Stream(given[0], Batches());

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

    private static TemplateStream Items(TemplateValuesGiven given)
    {
        return given.At.Stream(null, Pairs());

        IEnumerable<object?> Pairs()
        {
            if (given[0] is TemplateUndefined)
                yield break;
            foreach ((TemplateKey key, object? value) in (given[0] as TemplateMapping ?? throw given.Wrong(0)).Entries)
                yield return given.At.List([key.Value, value], ListKind.Tuple);
        }
    }

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
            return given.At.Stream(given[0], AnyItems(given).Select(item => filter.Call(arguments.Before(item), given.At)));
        }

        if (!named.Exists(argument => argument.Name == "attribute") || named.Exists(argument => argument.Name is not ("attribute" or "default")))
            throw given.At.Error("the template calls map without a filter or an attribute");
        object? path = named.Find(argument => argument.Name == "attribute").Value;
        int otherwise = named.FindIndex(argument => argument.Name == "default");
        Func<object?, object?> key = Attribute(path, otherwise < 0 ? TemplateFunction.Absent : named[otherwise].Value, given.At);
        return given.At.Stream(given[0], AnyItems(given).Select(key));
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
        return given.At.Stream(given[0], AnyItems(given).Where(item =>
            TemplateValues.IsTrue(test is null ? key(item) : test.Call(arguments.Before(key(item)), given.At)) == wanted));
    }

    private static object Reverse(TemplateValuesGiven given) => given[0] switch
    {
        string text => given.At.Made(string.Concat(PythonText.Points(text).Reverse())),
        TemplateStream => given.At.List(given.At.List(given.Items(0)).Items.Reverse()),
        _ => given.At.Stream(given[0], TemplateValues.Items(given[0], given.At).Reverse()),
    };

    // What is false holds nothing, even where it could hold nothing at all.
    private static IEnumerable<object?> AnyItems(TemplateValuesGiven given) => TemplateValues.IsTrue(given[0]) ? given.Items(0) : [];

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
}
