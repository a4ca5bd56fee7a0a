using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Reads the fields of a mapping, or of a part of it, and collects what is wrong with them.</summary>
internal sealed partial class MappingFields(JsonElement root, string source, string path, InputErrors errors)
{
    public void Fault(string fault) => errors.Add($"{source}: {(path.Length > 0 ? path + ": " : "")}{fault}");

    public void AllKnown(ImmutableArray<string> known)
    {
        foreach (var property in root.EnumerateObject().Where(property => !known.Contains(property.Name) && (property.Name != "$schema" || path.Length > 0)))
            Fault($"\"{property.Name}\" is no field here; they are {string.Join(", ", known)}");
    }

    public void Version()
    {
        if (Find("version") is not { } value) Fault($"version: say \"version\": {ClassifierMapping.CurrentVersion}");
        else if (!value.TryGetWhole(out var version) || version != ClassifierMapping.CurrentVersion)
            Fault($"version: {Shown(value)} is not a version that this build reads; it reads {ClassifierMapping.CurrentVersion}");
    }

    /// <summary>One of several words, which must be there.</summary>
    public T Word<T>(string name, params (string Word, T Value)[] words)
    {
        if (Find(name) is null) Fault($"{name}: is needed: {Known(words)}");
        return Word(name, words[0].Value, words);
    }

    /// <summary>One of several words.</summary>
    public T Word<T>(string name, T otherwise, params (string Word, T Value)[] words)
    {
        if (Find(name) is not { } value) return otherwise;
        var found = value.ValueKind == JsonValueKind.String ? Array.FindIndex(words, word => word.Word == value.GetString()) : -1;
        if (found >= 0) return words[found].Value;
        Fault($"{name}: {Shown(value)} is not {Known(words)}");
        return otherwise;
    }

    public string Text(string name, string otherwise)
    {
        if (Find(name) is not { } value) return otherwise;
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text) return text;
        Fault($"{name}: {Shown(value)} is not a name");
        return otherwise;
    }

    public int? Count(string name, int least, int most)
    {
        if (Find(name) is not { } value) return null;
        if (value.TryGetWhole(out var number) && number >= least && number <= most) return number;
        Fault($"{name}: {Shown(value)} is not a whole number from {least} to {most}");
        return null;
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        if (value.TryGetFinite(out var number) && number >= least && number <= most) return number;
        Fault(least == double.MinValue ? $"{name}: {Shown(value)} is not a number" : string.Create(CultureInfo.InvariantCulture, $"{name}: {Shown(value)} is not a number from {least} to {most}"));
        return null;
    }

    /// <summary>A list of two numbers.</summary>
    public (double First, double Second)? Two(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
            && value[0].TryGetFinite(out var first) && value[1].TryGetFinite(out var second)
            && Math.Min(first, second) >= least && Math.Max(first, second) <= most)
            return (first, second);
        Fault(least == double.MinValue ? $"{name}: {Shown(value)} is not a list of two numbers" : string.Create(CultureInfo.InvariantCulture, $"{name}: {Shown(value)} is not a list of two numbers from {least} to {most}"));
        return null;
    }

    public MappingFields? Child(string name)
    {
        if (Find(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object) return new MappingFields(value, source, Within(name), errors);
        Fault($"{name}: {Shown(value)} is not an object");
        return null;
    }

    public IReadOnlyList<(string Key, MappingFields Fields)> Children(string name)
    {
        if (Child(name) is not { } parent) return [];
        var children = new List<(string, MappingFields)>();
        foreach (var key in parent.Keys())
        {
            if (parent.Child(key) is { } child) children.Add((key, child));
        }

        return children;
    }

    private List<string> Keys() => [.. root.EnumerateObject().Select(property => property.Name)];

    private JsonElement? Find(string name) => root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string Within(string name) => path.Length > 0 ? $"{path}.{name}" : name;

    private static string Known<T>((string Word, T Value)[] words) => string.Join(" or ", words.Select(word => $"\"{word.Word}\""));

    private static string Shown(JsonElement value) => SafeText.Line(value.GetRawText(), 80);
}
