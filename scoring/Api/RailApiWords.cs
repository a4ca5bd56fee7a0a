using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>The words around the scores of an evaluation: bounded, harmless, and without the key.</summary>
internal sealed class RailApiWords(JsonElement evaluation, EndpointKey key)
{
    private const int LongestExplanation = 2_000, LongestSuggestion = 500, LongestTag = 64;
    private const int MostIssues = 20, MostSuggestions = 10;

    /// <summary>Why: the dimension's own words, or those on the whole answer.</summary>
    public string? Explanation(JsonElement score) =>
        Shown(RailApiJson.TextOf(score, "explanation"), LongestExplanation)
        ?? (Shown(RailApiJson.TextOf(evaluation, "explanation"), LongestExplanation - 32) is { } whole ? "of the whole answer: " + whole : null);

    /// <summary>Tags of what was found, sorted: those beside the score, and those of this dimension beside all scores.</summary>
    public ImmutableArray<string> Issues(Dimension dimension, JsonElement score, IEnumerable<string> more) =>
    [
        .. Items(score, "issues").Concat(Items(evaluation, "issues").Where(issue => RailApiJson.TextOf(issue, "dimension") == dimension.Key()))
            .Select(issue => Tag(key.Clean(Words(issue, "tag", "type", "code", "issue", "description") ?? "")))
            .Concat(more)
            .Where(tag => tag.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(MostIssues),
    ];

    /// <summary>What would help: beside the score, or on the whole answer.</summary>
    public ImmutableArray<string> Suggestions(JsonElement score)
    {
        ImmutableArray<string> own = [.. Suggestions(score, "suggestions")];
        return own.IsEmpty ? [.. Suggestions(evaluation, "improvement_suggestions")] : own;
    }

    /// <summary>A tag in snake case, cut where it is long: <c>PII Exposure</c> and <c>piiExposure</c> are <c>pii_exposure</c>.</summary>
    public static string Tag(string text)
    {
        var tag = new StringBuilder();
        for (int at = 0; at < text.Length && tag.Length < LongestTag; at++)
        {
            bool isWord = char.IsLetterOrDigit(text[at]);
            bool begins = !isWord || (at > 0 && char.IsUpper(text[at]) && char.IsLower(text[at - 1]));
            if (begins && tag.Length > 0 && tag[^1] != '_')
                tag.Append('_');
            if (isWord)
                tag.Append(char.ToLowerInvariant(text[at]));
        }

        return tag.ToString(0, Math.Min(tag.Length, LongestTag)).TrimEnd('_');
    }

    private IEnumerable<string> Suggestions(JsonElement element, string name) => Items(element, name)
        .Select(item => Shown(Words(item, "suggestion", "description", "text"), LongestSuggestion))
        .OfType<string>()
        .Take(MostSuggestions);

    private static JsonElement[] Items(JsonElement element, string name) =>
        RailApiJson.Field(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static string? Words(JsonElement item, params string[] names) => item.ValueKind == JsonValueKind.String
        ? item.GetString()
        : names.Select(name => RailApiJson.TextOf(item, name)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private string? Shown(string? text, int longest) =>
        text is null || SafeText.Line(key.Clean(text), longest) is not { Length: > 0 } line ? null : line;
}
