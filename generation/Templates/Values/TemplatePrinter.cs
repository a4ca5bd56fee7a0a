using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Writes values as Python's <c>str</c> and <c>repr</c> do.</summary>
internal static class TemplatePrinter
{
    /// <summary>A value as output writes it.</summary>
    public static string Print(object? value, TemplatePlace at)
    {
        switch (value)
        {
            case string text:
                return text;
            case TemplateMarkup markup:
                return markup.Text;
            case TemplateUndefined:
                return "";
        }

        var shown = new StringBuilder();
        Show(value, shown, at);
        return shown.ToString();
    }

    /// <summary>A value as Python shows it inside others.</summary>
    public static string Repr(object? value, TemplatePlace at)
    {
        var shown = new StringBuilder();
        Show(value, shown, at);
        return shown.ToString();
    }

    private static void Show(object? value, StringBuilder shown, TemplatePlace at)
    {
        at.Step();
        switch (value)
        {
            case null:
                Add("None", shown, at);
                break;
            case string text:
                at.Make(text.Length);
                Add(PythonText.Quoted(text), shown, at);
                break;
            case bool flag:
                Add(flag ? "True" : "False", shown, at);
                break;
            case long number:
                Add(number.ToString(CultureInfo.InvariantCulture), shown, at);
                break;
            case double number:
                Add(TemplateNumbers.Show(number), shown, at);
                break;
            case TemplateUndefined:
                Add("Undefined", shown, at);
                break;
            case TemplateList { Kind: not ListKind.Range } list:
                ShowList(list, shown, at);
                break;
            case TemplateMapping mapping:
                ShowMapping(mapping, shown, at);
                break;
            default:
                throw at.Error($"the template prints a {TemplateValues.Kind(value)}, which is not supported");
        }
    }

    private static void ShowList(TemplateList list, StringBuilder shown, TemplatePlace at)
    {
        Add(list.Kind switch { ListKind.Tuple => "(", ListKind.View => $"{list.Name}([", _ => "[" }, shown, at);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (i > 0)
                Add(", ", shown, at);
            Show(list.Items[i], shown, at);
        }

        bool single = list is { Kind: ListKind.Tuple, Items.Count: 1 };
        Add(list.Kind switch { ListKind.Tuple => single ? ",)" : ")", ListKind.View => "])", _ => "]" }, shown, at);
    }

    private static void ShowMapping(TemplateMapping mapping, StringBuilder shown, TemplatePlace at)
    {
        string separator = "{";
        foreach ((TemplateKey key, object? value) in mapping.Entries)
        {
            Add(separator, shown, at);
            Show(key.Value, shown, at);
            Add(": ", shown, at);
            Show(value, shown, at);
            separator = ", ";
        }

        Add(mapping.Entries.Count == 0 ? "{}" : "}", shown, at);
    }

    private static void Add(string part, StringBuilder shown, TemplatePlace at)
    {
        at.Grow(shown.Length, part.Length);
        shown.Append(part);
    }
}
