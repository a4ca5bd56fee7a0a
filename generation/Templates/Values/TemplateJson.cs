using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Writes values as Python's <c>json.dumps</c> does.</summary>
/// <param name="at">Where it is asked for.</param>
/// <param name="ascii">Whether what is not ASCII is escaped.</param>
/// <param name="indent">What each level is indented by; null for all on one line.</param>
/// <param name="separators">What stands between entries, and behind a key.</param>
/// <param name="sorted">Whether keys are sorted.</param>
internal sealed class TemplateJson(TemplatePlace at, bool ascii, string? indent, (string Item, string Key) separators, bool sorted)
{
    private readonly StringBuilder _json = new();

    /// <summary>The JSON of a value.</summary>
    /// <exception cref="TemplateException">It holds what JSON cannot say.</exception>
    public string Write(object? value)
    {
        Value(value, 0);
        return _json.ToString();
    }

    private void Value(object? value, int level)
    {
        at.Step();
        switch (value)
        {
            case string or TemplateMarkup:
                Text(TemplateValues.Plain(value));
                break;
            case null or bool or long or double:
                Add(Scalar(value));
                break;
            case TemplateList { Kind: ListKind.List or ListKind.Tuple } list:
                Nested('[', ']', list.Items, level, item => Value(item, level + 1));
                break;
            case TemplateMapping mapping:
                Nested('{', '}', Ordered(mapping), level, entry =>
                {
                    Text(entry.Key.Value is string key ? key : Scalar(entry.Key.Value));
                    Add(separators.Key);
                    Value(entry.Value, level + 1);
                });
                break;
            case TemplateUndefined missing:
                throw missing.Error(at.Position);
            default:
                throw at.Error($"the template writes a {TemplateValues.Kind(value)} as JSON");
        }
    }

    private List<KeyValuePair<TemplateKey, object?>> Ordered(TemplateMapping mapping)
    {
        if (sorted && mapping.Entries.Keys.Any(key => key.Value is not string))
            throw at.Error("the template sorts keys that are no texts, which is not supported");
        return sorted ? [.. mapping.Entries.OrderBy(entry => (string)entry.Key.Value!, Comparer<string>.Create(PythonText.Compare))] : [.. mapping.Entries];
    }

    private void Nested<T>(char open, char close, IReadOnlyList<T> items, int level, Action<T> write)
    {
        Add(open.ToString());
        for (int i = 0; i < items.Count; i++)
        {
            if (i > 0)
                Add(separators.Item);
            Line(level + 1);
            write(items[i]);
        }

        if (items.Count > 0)
            Line(level);
        Add(close.ToString());
    }

    private void Line(int level)
    {
        if (indent is null)
            return;
        at.Grow(_json.Length, ((long)indent.Length * level) + 1);
        _json.Append('\n').Insert(_json.Length, indent, level);
    }

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number when !double.IsFinite(number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        double number => TemplateNumbers.Show(number),
        _ => ((long)value).ToString(CultureInfo.InvariantCulture),
    };

    private void Text(string text)
    {
        at.Grow(_json.Length, text.Length + 2);
        _json.Append('"');
        foreach (char c in text)
        {
            int known = "\"\\\n\r\t\f\b".IndexOf(c, StringComparison.Ordinal);
            if (known >= 0)
                _json.Append('\\').Append("\"\\nrtfb"[known]);
            else if (c < ' ' || (ascii && c > '~'))
                _json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                _json.Append(c);
        }

        _json.Append('"');
    }

    private void Add(string part)
    {
        at.Grow(_json.Length, part.Length);
        _json.Append(part);
    }
}
