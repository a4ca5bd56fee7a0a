namespace RailCluster.Generation;

/// <summary>The functions that every template can call.</summary>
internal static class TemplateFunctions
{
    // The date that Llama 3's own templates tell where they cannot ask: answers may not depend on the day on which they are made.
    private static readonly DateTime Today = new(2024, 7, 26, 0, 0, 0, DateTimeKind.Unspecified);

    private static readonly Dictionary<string, TemplateFunction> Known = new TemplateFunction[]
    {
        new("raise_exception", "message", given =>
            throw new TemplateException($"the chat template refuses the conversation: {given.Text(0)}")),
        new("strftime_now", "format", given => given.At.Made(TemplateDate.Format(Today, given.OnlyText(0), given.At))),
        new("namespace", "* **", Namespace),
        new("dict", "* **", Dict),
        new("range", "start stop? step?", Range),
    }.ToDictionary(function => function.Name, StringComparer.Ordinal);

    private static readonly string[] Refused = ["cycler", "joiner", "lipsum"];

    /// <summary>A function by name; null where there is none.</summary>
    /// <exception cref="TemplateException">Jinja has it, and it is not supported.</exception>
    public static TemplateFunction? Find(string name, TemplatePosition position) => Refused.Contains(name)
        ? throw new TemplateException($"the template uses {name}, which is not supported", position)
        : Known.GetValueOrDefault(name);

    private static TemplateNamespace Namespace(TemplateValuesGiven given)
    {
        var members = new TemplateNamespace();
        foreach ((TemplateKey key, object? value) in Dict(given).Entries)
            members.Members[key.Value as string ?? throw given.At.Error("the template makes a namespace with a member that has no name")] = value;
        return members;
    }

    private static TemplateMapping Dict(TemplateValuesGiven given)
    {
        IReadOnlyList<object?> placed = ((TemplateList)given[0]!).Items;
        if (placed.Count > 1)
            throw given.At.Error($"the template calls {given.Function} with more than one value");
        TemplatePlace at = given.At;
        IEnumerable<(object?, object?)> Entries(object? source) => source is TemplateMapping mapping
            ? mapping.Entries.Select(entry => (entry.Key.Value, entry.Value))
            : TemplateValues.Items(source, at).Select(item => Pair(item, at));
        return at.Mapping([.. placed.SelectMany(Entries), .. Entries(given[1])]);
    }

    private static (object?, object?) Pair(object? item, TemplatePlace at) => TemplateValues.Items(item, at).Take(3).ToArray() is [var key, var value]
        ? (key, value)
        : throw at.Error("the template makes a mapping of what are no pairs");

    private static TemplateList Range(TemplateValuesGiven given)
    {
        long start = given.Has(1) ? given.Whole(0, 0) : 0;
        long stop = given.Whole(given.Has(1) ? 1 : 0, 0);
        long step = given.Whole(2, 1);
        if (step == 0)
            throw given.At.Error("the template calls range with a step of zero");
        double count = Math.Max(0, Math.Ceiling(((double)stop - start) / step));
        // The bound of Jinja's own sandbox.
        if (count > 100_000)
            throw given.At.Error("the template calls range for more than 100000 numbers");
        return given.At.List(Enumerable.Range(0, (int)count).Select(i => (object?)(start + (i * step))), ListKind.Range);
    }
}
