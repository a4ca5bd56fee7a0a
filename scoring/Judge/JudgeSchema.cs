using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>The JSON schema of a verdict: the dimensions asked for, all of them, and nothing else.</summary>
internal static class JudgeSchema
{
    public const string Mark = "mark";
    public const string Scores = "scores";
    public const string Score = "score";
    public const string Confidence = "confidence";
    public const string NotApplicable = "not_applicable";
    public const string Explanation = "explanation";
    public const string Issues = "issues";
    public const string Suggestions = "suggestions";

    /// <summary>The fields of one dimension; reasons stand before the score, so that the score follows from them.</summary>
    public static ImmutableArray<string> Fields(bool deep) =>
        deep ? [Explanation, Issues, NotApplicable, Score, Confidence, Suggestions] : [NotApplicable, Score, Confidence];

    /// <summary>The schema of one request. It has no mark in it: what a server enforces, the judge has not read.</summary>
    public static JsonElement Of(ImmutableArray<Dimension> dimensions, bool deep)
    {
        var scores = new JsonObject();
        foreach (Dimension dimension in dimensions)
            scores[dimension.Key()] = Whole([.. Fields(deep).Select(field => (field, Field(field, JudgeRubric.Of(dimension))))]);
        JsonObject schema = Whole([(Mark, new JsonObject { ["type"] = "string" }), (Scores, Whole([.. scores.Select(pair => (pair.Key, pair.Value!.DeepClone()))]))]);
        return JsonSerializer.SerializeToElement(schema);
    }

    private static JsonObject Whole((string Name, JsonNode Schema)[] fields) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)field.Schema))),
        ["required"] = new JsonArray([.. fields.Select(field => (JsonNode)field.Name)]),
        ["additionalProperties"] = false,
    };

    private static JsonObject Field(string name, JudgeRubric rubric) => name switch
    {
        Score => new JsonObject { ["type"] = rubric.NotApplicable is null ? "number" : new JsonArray("number", "null"), ["minimum"] = 0, ["maximum"] = 10 },
        Confidence => new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 },
        NotApplicable => new JsonObject { ["type"] = "boolean" },
        Explanation => new JsonObject { ["type"] = "string" },
        Issues => Many(new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. rubric.Issues.Select(issue => (JsonNode)issue)]) }),
        Suggestions => Many(new JsonObject { ["type"] = "string" }),
        _ => throw new InvalidOperationException($"no schema for '{name}'"),
    };

    private static JsonObject Many(JsonNode items) => new() { ["type"] = "array", ["items"] = items };
}
