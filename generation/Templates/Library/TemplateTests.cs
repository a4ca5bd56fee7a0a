namespace RailCluster.Generation;

/// <summary>The tests that can stand behind <c>is</c>.</summary>
internal static class TemplateTests
{
    private static readonly Dictionary<string, TemplateFunction> Known = new Dictionary<string, (string Parameters, Func<TemplateValuesGiven, bool> Holds)>
    {
        ["defined"] = ("value", given => given[0] is not TemplateUndefined),
        ["undefined"] = ("value", given => given[0] is TemplateUndefined),
        ["none"] = ("value", given => given[0] is null),
        ["boolean"] = ("value", given => given[0] is bool),
        ["true"] = ("value", given => given[0] is true),
        ["false"] = ("value", given => given[0] is false),
        ["integer"] = ("value", given => given[0] is long),
        ["float"] = ("value", given => given[0] is double),
        ["number"] = ("value", given => TemplateNumbers.IsNumber(given[0])),
        ["string"] = ("value", given => given[0] is string or TemplateMarkup),
        ["mapping"] = ("value", given => given[0] is TemplateMapping),
        ["callable"] = ("value", given => given[0] is ITemplateCallable or TemplateUndefined),
        ["iterable"] = ("value", given => given[0] is TemplateStream or TemplateLoop || TemplateValues.Length(given[0]) is not null),
        ["sequence"] = ("value", given => given[0] is not TemplateList { Kind: ListKind.View } && TemplateValues.Length(given[0]) is not null),
        ["lower"] = ("value", given => TemplateCasing.IsLower(given.Text(0))),
        ["upper"] = ("value", given => TemplateCasing.IsUpper(given.Text(0))),
        ["even"] = ("value", given => Remainder(given, 2L) == 0),
        ["odd"] = ("value", given => Remainder(given, 2L) == 1),
        ["divisibleby"] = ("value num", given => Remainder(given, given[1]) == 0),
        ["sameas"] = ("value other", IsSame),
        ["in"] = ("value seq", given => TemplateValues.Contains(given[1], given[0], given.At)),
        ["eq == equalto"] = ("value other", given => TemplateValues.AreEqual(given[0], given[1], given.At)),
        ["ne !="] = ("value other", given => !TemplateValues.AreEqual(given[0], given[1], given.At)),
        ["lt < lessthan"] = ("value other", given => TemplateOperators.Holds("<", given[0], given[1], given.At)),
        ["le <="] = ("value other", given => TemplateOperators.Holds("<=", given[0], given[1], given.At)),
        ["gt > greaterthan"] = ("value other", given => TemplateOperators.Holds(">", given[0], given[1], given.At)),
        ["ge >="] = ("value other", given => TemplateOperators.Holds(">=", given[0], given[1], given.At)),
    }.SelectMany(test => test.Key.Split(' ').Select(name => new TemplateFunction(name, test.Value.Parameters, given => test.Value.Holds(given))))
        .ToDictionary(test => test.Name, StringComparer.Ordinal);

    /// <summary>A test by name; null where there is none.</summary>
    public static TemplateFunction? Find(string name) => Known.GetValueOrDefault(name);

    private static double Remainder(TemplateValuesGiven given, object? divisor) => TemplateNumbers.IsNumber(given[0]) && TemplateNumbers.IsNumber(divisor)
        ? TemplateNumbers.Real(TemplateNumbers.Calculate("%", given[0], divisor, given.At))
        : throw given.Wrong(0);

    // Python asks for one and the same object, which for texts and numbers is chance.
    private static bool IsSame(TemplateValuesGiven given) => (given[0], given[1]) switch
    {
        (null or bool, null or bool) => Equals(given[0], given[1]),
        (string, string) or (long, long) or (double, double) =>
            throw given.At.Error("the template asks whether two texts or numbers are the same object, which is not supported"),
        _ => ReferenceEquals(given[0], given[1]),
    };
}
