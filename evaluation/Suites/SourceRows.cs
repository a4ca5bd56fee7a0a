using System.Text.Json;

namespace RailCluster.Evaluation;

/// <summary>Reads published prompt sets as they come: CSV with quoted line breaks, JSON Lines, or one JSON array.</summary>
internal static class SourceRows
{
    public static List<SourceRow> Read(string text, string source, InputErrors errors) => text.AsSpan().TrimStart() switch
    {
        ['{', ..] => Lines(text, source, errors),
        ['[', ..] => Array(text, source, errors),
        _ => CsvRows.Read(text, source, errors),
    };

    private static List<SourceRow> Lines(string text, string source, InputErrors errors)
    {
        var rows = new List<SourceRow>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            try
            {
                using var document = StrictJson.Parse(line);
                Add(rows, document.RootElement, $"{source}:{number}", errors);
            }
            catch (JsonException exception)
            {
                errors.Add($"{source}:{number}: the line {StrictJson.Fault(exception)}; write one object a line");
            }
        }

        return rows;
    }

    private static List<SourceRow> Array(string text, string source, InputErrors errors)
    {
        var rows = new List<SourceRow>();
        try
        {
            using var document = StrictJson.Parse(text);
            foreach (var element in document.RootElement.EnumerateArray()) Add(rows, element, $"{source}, element {rows.Count + 1}", errors);
        }
        catch (JsonException exception)
        {
            errors.Add($"{StrictJson.Place(source, exception)}: the array {StrictJson.Fault(exception)}");
        }

        return rows;
    }

    private static void Add(List<SourceRow> rows, JsonElement element, string place, InputErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Object) rows.Add(SourceRow.Of(place, rows.Count + 1, Flat(element, "")));
        else errors.Add($"{place}: is not a JSON object");
    }

    private static IEnumerable<(string Name, string Value)> Flat(JsonElement element, string prefix)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Flat(property.Value, name + ".")) yield return inner;
            }
            else if (property.Value.ValueKind == JsonValueKind.Array)
            {
                yield return (name, string.Join(",", property.Value.EnumerateArray().Select(item => item.ToString())));
            }
            else
            {
                yield return (name, property.Value.ToString());
            }
        }
    }
}
