using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>A field that differs between two records.</summary>
/// <param name="Path">Such as <c>comparison.measures[privacy].drop</c>.</param>
/// <param name="Old">What it was, as JSON; null where it was not there.</param>
/// <param name="New">What it is, as JSON; null where it is not there.</param>
public sealed record FieldDifference(string Path, string? Old, string? New)
{
    private const int Longest = 120;

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Text(Old)} → {Text(New)}";

    private static string Text(string? json) => json is null ? "nothing" : Evaluation.SafeText.Line(json, Longest);
}

/// <summary>Compares records field by field, as they rest.</summary>
internal static class Fields
{
    // Elements of a list are called by what tells them apart, where they have it.
    private static readonly string[] Names = ["measure", "dimension", "prompt_id", "category", "id", "name"];

    /// <summary>Every field that differs.</summary>
    public static IEnumerable<FieldDifference> Compare(JsonNode? old, JsonNode? now, string path = "")
    {
        switch (old, now)
        {
            case (JsonObject before, JsonObject after):
                return before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key))
                    .SelectMany(name => Compare(before[name], after[name], path.Length == 0 ? name : $"{path}.{name}"));
            case (JsonArray before, JsonArray after):
                return Enumerable.Range(0, Math.Max(before.Count, after.Count)).SelectMany(index =>
                    Compare(At(before, index), At(after, index), $"{path}[{Name(At(before, index) ?? At(after, index), index)}]"));
            default:
                return JsonNode.DeepEquals(old, now) ? [] : [new FieldDifference(path, Json(old), Json(now))];
        }
    }

    /// <summary>The fields that differ in one line; null where none does.</summary>
    public static string? Differing<T>(T old, T now)
    {
        var found = Compare(JsonSerializer.SerializeToNode(old, RailJson.Options), JsonSerializer.SerializeToNode(now, RailJson.Options)).ToList();
        return found.Count == 0 ? null : string.Join(", ", found.Select(one => $"{one.Path} {one.Old ?? "nothing"} and {one.New ?? "nothing"}"));
    }

    private static JsonNode? At(JsonArray list, int index) => index < list.Count ? list[index] : null;

    private static string Name(JsonNode? item, int index)
    {
        var named = item is JsonObject one ? Names.Select(name => one[name]).OfType<JsonValue>().FirstOrDefault(value => value.TryGetValue<string>(out _)) : null;
        return named is null ? $"{index}" : Evaluation.SafeText.Line(named.GetValue<string>(), 60);
    }

    private static string? Json(JsonNode? node) => node?.ToJsonString(RailJson.Options);
}
