using System.Text.Json;

namespace RailCluster.Evaluation;

/// <summary>Finds arrays of objects in a JSON document, and makes fields of nested ones.</summary>
internal static class JsonArrays
{
    /// <summary>The array of that name, or the only one.</summary>
    /// <exception cref="RailInputException">There is none, or there are several to choose from.</exception>
    public static (string Name, JsonElement Array) Find(JsonElement root, string? name, string source)
    {
        if (name is not null) return (name, Named(root, name, source));
        var found = In(root).Take(20).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new RailInputException($"{source}: holds no array of objects; write one object a line, or an array of objects"),
            _ => throw new RailInputException(
                $"{source}: holds several arrays of objects, {string.Join(", ", found.Select(one => SourceColumns.Name(one.Name)))}; name the one that holds the rows: --rows {SourceColumns.Name(found[0].Name)}"),
        };
    }

    /// <summary>All arrays of objects, by their place as <c>a.b</c>.</summary>
    public static IEnumerable<(string Name, JsonElement Array)> In(JsonElement element, string prefix = "")
    {
        if (element.ValueKind != JsonValueKind.Object) yield break;
        foreach (var property in element.EnumerateObject())
        {
            if (IsRecords(property.Value)) yield return (prefix + property.Name, property.Value);
            foreach (var inner in In(property.Value, $"{prefix}{property.Name}.")) yield return inner;
        }
    }

    /// <summary>An object's fields; those of objects in it as <c>outer.inner</c>.</summary>
    public static IEnumerable<(string Column, object? Value)> Flat(JsonElement element, string prefix)
    {
        foreach (var property in element.EnumerateObject())
        {
            var name = prefix + property.Name;
            if (property.Value.ValueKind != JsonValueKind.Object) yield return (name, Value(property.Value));
            else foreach (var inner in Flat(property.Value, name + ".")) yield return inner;
        }
    }

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array) => Unreadable.Records,
        JsonValueKind.Array => value.EnumerateArray().Select(item => (string)Value(item)).ToArray(),
        _ => value.GetRawText(),
    };

    private static JsonElement Named(JsonElement root, string name, string source)
    {
        var element = root;
        foreach (var part in name.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
                throw new RailInputException($"{source}: holds no '{SourceColumns.Name(name)}', which --rows names");
        }

        return element.ValueKind == JsonValueKind.Array
            ? element
            : throw new RailInputException($"{source}: '{SourceColumns.Name(name)}', which --rows names, is not an array");
    }

    private static bool IsRecords(JsonElement element) => element.ValueKind == JsonValueKind.Array
        && element.GetArrayLength() > 0 && element.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object);
}
