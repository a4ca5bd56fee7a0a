namespace RailCluster.Generation;

/// <summary>Members, entries and slices of values, found in the order in which Jinja looks.</summary>
internal static class TemplateMembers
{
    /// <summary>The name of pairs whose entries can be asked for as <c>grouper</c> and <c>list</c>.</summary>
    public const string Group = "group";

    /// <summary>What <c>target.name</c> is: a method or member first, then an entry of that name.</summary>
    public static object? Named(object? target, string name, TemplatePlace at)
    {
        if (target is TemplateUndefined missing)
            throw missing.Error(at.Position);
        if (Attribute(target, name, at, out object? value))
            return value;
        return target is TemplateMapping mapping && mapping.Entries.TryGetValue(new TemplateKey(name), out value)
            ? value
            : new TemplateUndefined($"the member {name} of a {TemplateValues.Kind(target)}");
    }

    /// <summary>What <c>target[key]</c> is: an entry first, then a method or member of that name.</summary>
    public static object? Entry(object? target, object? key, TemplatePlace at)
    {
        object? value = null;
        at.Scan(key is string ? key : target);
        switch (target)
        {
            case TemplateUndefined missing:
                throw missing.Error(at.Position);
            case TemplateMapping mapping when TemplateKey.Fits(key) && mapping.Entries.TryGetValue(new TemplateKey(key), out value):
                return value;
            case TemplateList { Kind: not ListKind.View } list when key is long or bool:
                if (Index(key, list.Items.Count) is { } entry)
                    return list.Items[entry];
                break;
            case string or TemplateMarkup when key is long or bool:
                string text = TemplateValues.Plain(target);
                if (Index(key, PythonText.Length(text)) is { } point)
                    return PythonText.Points(text[PythonText.Offset(text, point)..]).First();
                break;
        }

        if (key is string name && Attribute(target, name, at, out value))
            return value;
        string shown = key is string or long ? $"the member {key}" : $"a member by a {TemplateValues.Kind(key)}";
        return new TemplateUndefined($"{shown} of a {TemplateValues.Kind(target)}");
    }

    /// <summary>A stretch of a list or text; bounds count from the end where negative.</summary>
    public static object? Slice(object? target, long? from, long? to, long? step, TemplatePlace at)
    {
        if (target is TemplateUndefined missing)
            throw missing.Error(at.Position);
        if (target is not (string or TemplateMarkup or TemplateList { Kind: not ListKind.View }))
            throw at.Error($"the template slices a {TemplateValues.Kind(target)}");
        if (step == 0)
            throw at.Error("the template slices with a step of zero");
        if (target is TemplateList list)
            return at.List(Indices(list.Items.Count, from, to, step ?? 1).Select(i => list.Items[i]), list.Kind);
        at.Scan(target);
        string text = TemplateValues.Plain(target);
        string part = step is null or 1 ? Stretch(text, from, to) : Picked(text, from, to, step.Value);
        at.Make(part.Length);
        return target is string ? part : new TemplateMarkup(part);
    }

    private static bool Attribute(object? target, string name, TemplatePlace at, out object? value)
    {
        if (target is ITemplateMembers members)
            return members.TryMember(name, at, out value);
        value = (target, name) switch
        {
            (TemplateList { Name: Group } group, "grouper") => group.Items[0],
            (TemplateList { Name: Group } group, "list") => group.Items[1],
            _ => TemplateFunction.Absent,
        };
        if (!ReferenceEquals(value, TemplateFunction.Absent))
            return true;
        value = TemplateMethods.Find(target, name);
        return value is not null;
    }

    private static string Stretch(string text, long? from, long? to)
    {
        int length = PythonText.Length(text);
        int start = Bound(from ?? 0, 0, length, length);
        int end = Math.Max(start, Bound(to ?? length, 0, length, length));
        if (length == text.Length)
            return text[start..end];
        int offset = PythonText.Offset(text, start);
        return text[offset..(offset + PythonText.Offset(text[offset..], end - start))];
    }

    private static string Picked(string text, long? from, long? to, long step)
    {
        string[] points = [.. PythonText.Points(text)];
        return string.Concat(Indices(points.Length, from, to, step).Select(i => points[i]));
    }

    private static IEnumerable<int> Indices(int count, long? from, long? to, long step)
    {
        (int lowest, int highest) = step > 0 ? (0, count) : (-1, count - 1);
        long start = from is { } first ? Bound(first, lowest, highest, count) : step > 0 ? lowest : highest;
        long end = to is { } last ? Bound(last, lowest, highest, count) : step > 0 ? highest : lowest;
        for (long i = start; step > 0 ? i < end : i > end; i += step)
        {
            yield return (int)i;
            if (Math.Abs((double)i + step) > int.MaxValue)
                yield break;
        }
    }

    private static int? Index(object key, int count)
    {
        TemplateNumbers.TryWhole(key, out long index);
        long at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : null;
    }

    private static int Bound(long bound, int lowest, int highest, int count) => (int)Math.Clamp(bound < 0 ? bound + count : bound, lowest, highest);
}
