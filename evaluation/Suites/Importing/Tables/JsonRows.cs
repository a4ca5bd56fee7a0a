using System.Text.Json;

namespace RailCluster.Evaluation;

/// <summary>Reads rows of JSON: one object a line, one array of objects, or one object that holds such an array.</summary>
internal static class JsonRows
{
    private const string OneALine = "write one object a line";

    public static bool IsJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    /// <summary>Reads.</summary>
    /// <param name="text">The file's text, which begins with a bracket.</param>
    /// <param name="table">Takes the rows.</param>
    /// <param name="rows">The array that holds them, as <c>a.b</c>; null to find it.</param>
    /// <param name="isRow">Whether an object that is alone in the file is a row, though it holds an array.</param>
    public static void Read(string text, SourceTable table, string? rows, Func<JsonElement, bool> isRow)
    {
        if (text.AsSpan().TrimStart()[0] == '[' || rows is not null) Whole(text, table, rows);
        else if (Lines(text).Take(2).ToList() is not [var first, .. var more]) return;
        else if (more.Count == 0 ? Holds(first.Text, isRow) : !Parses(first.Text) && Parses(text)) Whole(text, table, rows);
        else foreach (var (line, number) in Lines(text)) Line(line, number, table);
    }

    private static IEnumerable<(string Text, int Number)> Lines(string text)
    {
        using var reader = new StringReader(text);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) yield return (line, number);
        }
    }

    private static void Line(string line, int number, SourceTable table)
    {
        var place = $"{table.Source}:{number}";
        if (line.Length > TableLimits.LongestLine)
        {
            table.Errors.Add($"{place}: the line has {line.Length} characters; at most {TableLimits.LongestLine} are read");
            return;
        }

        try
        {
            using var document = StrictJson.Parse(line);
            Add(table, document.RootElement, place);
        }
        catch (JsonException exception)
        {
            table.Errors.Add($"{place}: the line {StrictJson.Fault(exception)}; {OneALine}");
        }
    }

    private static void Whole(string text, SourceTable table, string? rows)
    {
        try
        {
            using var document = StrictJson.Parse(text);
            var (name, array) = document.RootElement.ValueKind == JsonValueKind.Array && rows is null
                ? ("", document.RootElement)
                : JsonArrays.Find(document.RootElement, rows, table.Source);
            var number = 0;
            foreach (var element in array.EnumerateArray())
                Add(table, element, $"{table.Source}, element {++number}{(name.Length == 0 ? "" : $" of {SourceColumns.Name(name)}")}");
        }
        catch (JsonException exception)
        {
            table.Errors.Add($"{StrictJson.Place(table.Source, exception)}: the file {StrictJson.Fault(exception)}");
        }
    }

    private static bool Holds(string text, Func<JsonElement, bool> isRow)
    {
        try
        {
            using var document = StrictJson.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object && !isRow(document.RootElement) && JsonArrays.In(document.RootElement).Any();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Parses(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Add(SourceTable table, JsonElement element, string place)
    {
        if (element.ValueKind == JsonValueKind.Object) table.Add(place, JsonArrays.Flat(element, ""));
        else table.Errors.Add($"{place}: is not a JSON object");
    }
}
