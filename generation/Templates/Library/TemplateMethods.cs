using System.Globalization;

namespace RailCluster.Generation;

/// <summary>The methods of texts, lists and mappings.</summary>
internal static partial class TemplateMethods
{
    private static readonly Dictionary<string, TemplateFunction> OfTexts = Table(new()
    {
        ["capitalize"] = ("self", given => given.At.Made(TemplateCasing.Capitalize(given.OnlyText(0)))),
        ["center"] = ("self width fillchar?", given => Centered(given.OnlyText(0), given.Whole(1, 0), Fill(given), given.At)),
        ["count"] = ("self sub start? end?", given => Count(Part(given), given.OnlyText(1), given.At)),
        ["endswith"] = ("self suffix", given => Affixes(given).Any(affix => given.OnlyText(0).EndsWith(affix, StringComparison.Ordinal))),
        ["find"] = ("self sub start? end?", given => Find(given, false)),
        ["index"] = ("self sub start? end?", given => Found(given, Find(given, false))),
        ["isalnum"] = ("self", given => All(given, point => char.IsLetterOrDigit(point, 0) || char.IsNumber(point, 0))),
        ["isalpha"] = ("self", given => All(given, point => char.IsLetter(point, 0))),
        ["isdecimal"] = ("self", given => All(given, point => char.IsDigit(point, 0))),
        ["isdigit"] = ("self", given => All(given, point => CharUnicodeInfo.GetDigitValue(point, 0) >= 0)),
        ["islower"] = ("self", given => TemplateCasing.IsLower(given.OnlyText(0))),
        ["isspace"] = ("self", given => All(given, point => PythonText.IsSpace(point[0]))),
        ["isupper"] = ("self", given => TemplateCasing.IsUpper(given.OnlyText(0))),
        ["join"] = ("self iterable", Join),
        ["ljust"] = ("self width fillchar?", given => given.OnlyText(0) + Padding(given)),
        ["lower"] = ("self", given => given.At.Made(TemplateCasing.Lower(given.OnlyText(0)))),
        ["lstrip"] = ("self chars?", given => given.At.Made(Stripped(given.OnlyText(0), given.TextOrNull(1), true, false))),
        ["partition"] = ("self sep", given => Partition(given, false)),
        ["removeprefix"] = ("self prefix", given => given.OnlyText(0) is var text && text.StartsWith(given.OnlyText(1), StringComparison.Ordinal)
            ? given.At.Made(text[given.OnlyText(1).Length..]) : text),
        ["removesuffix"] = ("self suffix", given => given.OnlyText(0) is var text && text.EndsWith(given.OnlyText(1), StringComparison.Ordinal)
            ? given.At.Made(text[..^given.OnlyText(1).Length]) : text),
        ["replace"] = ("self old new count?", given => Replaced(given.OnlyText(0), given.OnlyText(1), given.OnlyText(2), given.Whole(3, -1), given.At)),
        ["rfind"] = ("self sub start? end?", given => Find(given, true)),
        ["rindex"] = ("self sub start? end?", given => Found(given, Find(given, true))),
        ["rjust"] = ("self width fillchar?", given => Padding(given) + given.OnlyText(0)),
        ["rpartition"] = ("self sep", given => Partition(given, true)),
        ["rsplit"] = ("self sep? maxsplit?", given => Split(given, true)),
        ["rstrip"] = ("self chars?", given => given.At.Made(Stripped(given.OnlyText(0), given.TextOrNull(1), false, true))),
        ["split"] = ("self sep? maxsplit?", given => Split(given, false)),
        ["splitlines"] = ("self keepends?", given => given.At.List(Lines(given.At.Made(given.OnlyText(0)), given.Flag(1)))),
        ["startswith"] = ("self prefix", given => Affixes(given).Any(affix => given.OnlyText(0).StartsWith(affix, StringComparison.Ordinal))),
        ["strip"] = ("self chars?", given => given.At.Made(Stripped(given.OnlyText(0), given.TextOrNull(1), true, true))),
        ["swapcase"] = ("self", given => given.At.Made(TemplateCasing.Swap(given.OnlyText(0)))),
        ["title"] = ("self", given => given.At.Made(TemplateCasing.Title(given.OnlyText(0)))),
        ["upper"] = ("self", given => given.At.Made(TemplateCasing.Upper(given.OnlyText(0)))),
        ["zfill"] = ("self width", Filled),
    });

    private static readonly Dictionary<string, TemplateFunction> OfLists = Table(new()
    {
        ["count"] = ("self value", given => (long)given.Items(0).Count(item => TemplateValues.AreEqual(item, given[1], given.At))),
        ["index"] = ("self value", given => Found(given, Place(given))),
        ["copy"] = ("self", given => given[0]),
    });

    private static readonly Dictionary<string, TemplateFunction> OfMappings = Table(new()
    {
        ["copy"] = ("self", given => given[0]),
        ["get"] = ("self key default?", given =>
            Entries(given).TryGetValue(given.At.Key(given[1]), out object? value) ? value : given.Has(2) ? given[2] : null),
        ["items"] = ("self", given => given.At.List(
            Entries(given).Select(entry => (object?)given.At.List([entry.Key.Value, entry.Value], ListKind.Tuple)), ListKind.View, "dict_items")),
        ["keys"] = ("self", given => given.At.List(Entries(given).Keys.Select(key => key.Value), ListKind.View, "dict_keys")),
        ["values"] = ("self", given => given.At.List(Entries(given).Values, ListKind.View, "dict_values")),
    });

    private static readonly string[] Changing =
        ["append", "clear", "extend", "insert", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update"];

    private static readonly string[] Refused =
    [
        "casefold", "encode", "expandtabs", "format", "format_map", "isascii", "isidentifier", "isnumeric", "isprintable", "istitle", "maketrans", "translate",
    ];

    /// <summary>A method of a value; null where it has none of that name.</summary>
    public static object? Find(object? target, string name)
    {
        Dictionary<string, TemplateFunction>? methods = target switch
        {
            string => OfTexts,
            TemplateList { Kind: ListKind.List or ListKind.Tuple } => OfLists,
            TemplateMapping => OfMappings,
            _ => null,
        };
        if (methods is null)
            return target is TemplateMarkup && OfTexts.ContainsKey(name) ? Unsupported($".{name}() of a text marked as safe") : null;
        if (methods.TryGetValue(name, out TemplateFunction? method) && (name != "copy" || target is not TemplateList { Kind: ListKind.Tuple }))
            return new TemplateMethod(method, target);
        if (target is string)
            return Refused.Contains(name) ? Unsupported($".{name}()") : null;
        bool changes = target is TemplateMapping ? name is "clear" or "pop" or "popitem" or "setdefault" or "update" : Changing.Contains(name);
        return changes && target is not TemplateList { Kind: ListKind.Tuple }
            ? new TemplateUndefined(name, $"the template calls .{name}(), and a template may not change lists and mappings")
            : null;
    }

    private static TemplateUndefined Unsupported(string what) => new(what, $"the template uses {what}, which is not supported");

    private static OrderedDictionary<TemplateKey, object?> Entries(TemplateValuesGiven given) => ((TemplateMapping)given[0]!).Entries;

    private static int Place(TemplateValuesGiven given)
    {
        int at = given.Items(0).TakeWhile(item => !TemplateValues.AreEqual(item, given[1], given.At)).Count();
        return at < ((TemplateList)given[0]!).Items.Count ? at : -1;
    }

    private static string Padding(TemplateValuesGiven given) =>
        Repeat(Fill(given), given.Whole(1, 0) - PythonText.Length(given.OnlyText(0)), given.At);

    private static long Found(TemplateValuesGiven given, long at) =>
        at >= 0 ? at : throw given.At.Error($"the template asks for the {given.Function} of what is not there");

    private static Dictionary<string, TemplateFunction> Table(Dictionary<string, (string Parameters, TemplateBody Body)> methods) => methods
        .SelectMany(method => method.Key.Split(' ').Select(name => new TemplateFunction(name, method.Value.Parameters, method.Value.Body)))
        .ToDictionary(method => method.Name, StringComparer.Ordinal);
}
