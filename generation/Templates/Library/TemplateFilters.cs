namespace RailCluster.Generation;

/// <summary>The filters that can stand behind <c>|</c>: those that work on texts and numbers.</summary>
internal static partial class TemplateFilters
{
    private static readonly Dictionary<string, TemplateFunction> Known = new Dictionary<string, (string Parameters, TemplateBody Body)>
    {
        ["abs"] = ("value", given => given[0] is double number ? Math.Abs(number) : TemplateNumbers.IsNumber(given[0])
            ? TemplateOperators.Signed(TemplateNumbers.Real(given[0]) < 0 ? "-" : "+", given[0], given.At) : throw given.Wrong(0)),
        ["attr"] = ("value name", given => given[0] is TemplateMapping && TemplateMethods.Find(given[0], given.Text(1)) is null
            ? new TemplateUndefined($"the member {given.Text(1)} of a mapping") : TemplateMembers.Named(given[0], given.Text(1), given.At)),
        ["batch"] = ("value linecount fill_with?", Batch),
        ["capitalize"] = ("s", given => given.At.Made(TemplateCasing.Capitalize(given.Text(0)))),
        ["center"] = ("value width?", given => TemplateMethods.Centered(given.Text(0), given.Whole(1, 80), ' ', given.At)),
        ["default d"] = ("value default_value? boolean?", Default),
        ["dictsort"] = ("value case_sensitive? by? reverse?", DictSort),
        ["escape e"] = ("value", given => given[0] is TemplateMarkup ? given[0] : new TemplateMarkup(given.At.Made(PythonText.Escaped(given.Text(0))))),
        ["first"] = ("seq", given => FirstOr(given.Items(0), "the first of nothing")),
        ["float"] = ("value default?", given => TemplateConversions.Real(given[0], given.At) is { } number ? number : given.Has(1) ? given[1] : 0.0),
        ["forceescape"] = ("value", given => new TemplateMarkup(given.At.Made(PythonText.Escaped(given.Text(0))))),
        ["format"] = ("value * **", Format),
        ["groupby"] = ("value attribute default? case_sensitive?", GroupBy),
        ["indent"] = ("s width? first? blank?", Indent),
        ["int"] = ("value default? base?", Whole),
        ["items"] = ("value", Items),
        ["join"] = ("value d? attribute?", Join),
        ["last"] = ("seq", given => given[0] is TemplateStream ? throw given.Wrong(0) : FirstOr(given.Items(0).Reverse(), "the last of nothing")),
        ["length count"] = ("object", given => TemplateValues.Length(given[0]) is { } length ? length : throw given.Wrong(0)),
        ["list"] = ("value", given => given.At.List(given.Items(0))),
        ["lower"] = ("s", given => given.At.Made(TemplateCasing.Lower(given.Text(0)))),
        ["map"] = ("value * **", Map),
        ["max"] = ("value case_sensitive? attribute?", given => Extreme(given, 1)),
        ["min"] = ("value case_sensitive? attribute?", given => Extreme(given, -1)),
        ["reject"] = ("value * **", given => Select(given, false, false)),
        ["rejectattr"] = ("value * **", given => Select(given, true, false)),
        ["replace"] = ("s old new count?", given =>
            TemplateMethods.Replaced(given.Text(0), given.Text(1), given.Text(2), given.WholeOrNull(3) ?? -1, given.At)),
        ["reverse"] = ("value", Reverse),
        ["round"] = ("value precision? method?", Round),
        ["safe"] = ("value", given => given[0] is TemplateMarkup ? given[0] : new TemplateMarkup(given.Text(0))),
        ["select"] = ("value * **", given => Select(given, false, true)),
        ["selectattr"] = ("value * **", given => Select(given, true, true)),
        ["sort"] = ("value reverse? case_sensitive? attribute?", Sort),
        ["string"] = ("object", given => given[0] is TemplateMarkup ? given[0] : given.Text(0)),
        ["sum"] = ("iterable attribute? start?", Sum),
        ["title"] = ("s", given => given.At.Made(Title(given.Text(0)))),
        ["tojson"] = ("x ensure_ascii? indent? separators? sort_keys?", ToJson),
        ["trim"] = ("value chars?", Trim),
        ["unique"] = ("value case_sensitive? attribute?", Unique),
        ["upper"] = ("s", given => given.At.Made(TemplateCasing.Upper(given.Text(0)))),
        ["wordcount"] = ("s", given => Words(given.Text(0))),
    }.SelectMany(filter => filter.Key.Split(' ').Select(name => new TemplateFunction(name, filter.Value.Parameters, filter.Value.Body)))
        .ToDictionary(filter => filter.Name, StringComparer.Ordinal);

    // What Python's marked texts do the same as plain ones, or what is marked again behind.
    private static readonly string[] TakeMarked =
        ["safe", "e", "escape", "forceescape", "string", "length", "count", "default", "d", "tojson", "trim", "replace", "int", "float"];

    /// <summary>A filter by name; null where there is none.</summary>
    public static TemplateFunction? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>Whether a filter can be applied to a value.</summary>
    public static bool Takes(string name, object? value) => value is not TemplateMarkup || TakeMarked.Contains(name);

    private static object? Default(TemplateValuesGiven given)
    {
        bool missing = given[0] is TemplateUndefined || (given.Flag(2) && !given.Flag(0));
        return !missing ? given[0] : given.Has(1) ? given[1] : "";
    }

    private static object? Whole(TemplateValuesGiven given)
    {
        if (given.Whole(2, 10) != 10)
            throw given.At.Error("the template calls int with a base, which is not supported");
        return TemplateConversions.Whole(given[0], given.At) ?? (given.Has(1) ? given[1] : 0L);
    }

    private static object Trim(TemplateValuesGiven given)
    {
        string text = TemplateMethods.Stripped(given.Text(0), given.TextOrNull(1), true, true);
        given.At.Make(text.Length);
        return given[0] is TemplateMarkup ? new TemplateMarkup(text) : text;
    }

    private static string Format(TemplateValuesGiven given)
    {
        var placed = (TemplateList)given[1]!;
        var named = (TemplateMapping)given[2]!;
        if (placed.Items.Count > 0 && named.Entries.Count > 0)
            throw given.At.Error("the template calls format with values by place and by name");
        return TemplateFormat.Format(given.Text(0), named.Entries.Count > 0 ? named : placed, given.At);
    }

    private static string Indent(TemplateValuesGiven given)
    {
        string indent = given[1] is string own && given.Has(1) ? own : TemplateMethods.Repeat(' ', given.Whole(1, 4), given.At);
        string[] lines = [.. TemplateMethods.Lines(given.OnlyText(0) + "\n", false)];
        given.At.Make(given.OnlyText(0).Length + ((long)indent.Length * lines.Length));
        bool blank = given.Flag(3);
        IEnumerable<string> indented = lines.Select((line, i) => i == 0 || (line.Length == 0 && !blank) ? line : indent + line);
        return (given.Flag(2) ? indent : "") + string.Join("\n", indented);
    }

    private static object Round(TemplateValuesGiven given)
    {
        string method = given.Has(2) ? given.OnlyText(2) : "common";
        long precision = given.Whole(1, 0);
        if (method is not ("common" or "ceil" or "floor") || !TemplateNumbers.IsNumber(given[0]) || Math.Abs(precision) > 300)
            throw given.Wrong(0);
        if (method == "common" && given[0] is not double && precision >= 0)
            return TemplateOperators.Signed("+", given[0], given.At);
        double number = TemplateNumbers.Real(given[0]);
        double scale = Math.Pow(10, precision);
        double rounded = method switch
        {
            "common" => TemplateNumbers.Round(number, (int)precision),
            "ceil" => Math.Ceiling(number * scale) / scale,
            _ => Math.Floor(number * scale) / scale,
        };
        if (method == "common" && given[0] is not double)
            return (long)rounded;
        return rounded;
    }

    private static string ToJson(TemplateValuesGiven given)
    {
        string? indent = given[2] switch { null => null, string text => text, _ => TemplateMethods.Repeat(' ', given.Whole(2, 0), given.At) };
        (string, string) separators = (indent is null ? ", " : ",", ": ");
        if (given[3] is not null)
            separators = given.Items(3).ToArray() is [string item, string key] ? (item, key) : throw given.Wrong(3);
        return new TemplateJson(given.At, given.Flag(1), indent, separators, given.Flag(4)).Write(given[0]);
    }

    // Jinja's own: a word begins behind white space, a minus or an opening bracket.
    private static string Title(string text)
    {
        var pieces = new System.Text.StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            bool between = IsBetween(text[at]);
            while (end < text.Length && IsBetween(text[end]) == between)
                end++;
            int first = PythonText.Offset(text[at..end], 1);
            pieces.Append(TemplateCasing.Upper(text.Substring(at, first))).Append(TemplateCasing.Lower(text[(at + first)..end]));
            at = end;
        }

        return pieces.ToString();
    }

    private static bool IsBetween(char c) => PythonText.IsSpace(c) || c is '-' or '(' or '{' or '[' or '<';

    private static long Words(string text)
    {
        long words = 0;
        bool inside = false;
        foreach (string point in PythonText.Points(text))
        {
            bool word = char.IsLetter(point, 0) || char.IsNumber(point, 0) || point == "_";
            words += word && !inside ? 1 : 0;
            inside = word;
        }

        return words;
    }
}
