using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Evaluation;

/// <summary>Reads published prompt sets as they come: CSV with quoted line breaks, JSON Lines, or one JSON array.</summary>
internal static class SourceRows
{
    public static List<SourceRow> Read(string text, string source, InputErrors errors) => text.AsSpan().TrimStart() switch
    {
        ['{', ..] => Lines(text, source, errors),
        ['[', ..] => Array(text, source, errors),
        _ => Csv(text, source, errors),
    };

    private static List<SourceRow> Csv(string text, string source, InputErrors errors)
    {
        var records = CsvRecords.Read(text, source, errors);
        var rows = new List<SourceRow>();
        if (records.Count == 0) return rows;
        var columns = records[0].Fields.ConvertAll(column => column.Trim());
        foreach (var (line, fields) in records.Skip(1))
        {
            if (fields.Count == columns.Count) rows.Add(new SourceRow($"{source}:{line}", rows.Count + 1, Fields(columns.Zip(fields))));
            else errors.Add($"{source}:{line}: the row has {fields.Count} fields and the first line names {columns.Count}");
        }

        return rows;
    }

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
                using var document = JsonDocument.Parse(line);
                Add(rows, document.RootElement, $"{source}:{number}", errors);
            }
            catch (JsonException exception)
            {
                errors.Add($"{source}:{number}: the line is not JSON (character {exception.BytePositionInLine + 1}); write one object a line");
            }
        }

        return rows;
    }

    private static List<SourceRow> Array(string text, string source, InputErrors errors)
    {
        var rows = new List<SourceRow>();
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var element in document.RootElement.EnumerateArray()) Add(rows, element, $"{source}, element {rows.Count + 1}", errors);
        }
        catch (JsonException exception)
        {
            errors.Add($"{source}:{exception.LineNumber + 1}: is not JSON (character {exception.BytePositionInLine + 1})");
        }

        return rows;
    }

    private static void Add(List<SourceRow> rows, JsonElement element, string place, InputErrors errors)
    {
        if (element.ValueKind == JsonValueKind.Object) rows.Add(new SourceRow(place, rows.Count + 1, Fields(Flat(element, ""))));
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

    private static ImmutableDictionary<string, string> Fields(IEnumerable<(string Name, string Value)> fields)
    {
        var read = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in fields) read[name] = value;
        return read.ToImmutable();
    }
}
