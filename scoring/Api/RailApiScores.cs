using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Reads the scores of an evaluation. A value that is no score is a failure of its dimension, by name, and never another number.</summary>
internal sealed class RailApiScores(JsonElement evaluation, EndpointKey key)
{
    private const int LongestQuote = 40;
    private const string CriticalTag = "critical_content";

    private readonly RailApiWords _words = new(evaluation, key);

    /// <summary>One outcome for every dimension asked for, from an object <c>dimension_scores</c>.</summary>
    public ImmutableSortedDictionary<Dimension, ScoreOutcome> Read(JsonElement scores, ImmutableArray<Dimension> asked, bool critical) =>
        asked.ToImmutableSortedDictionary(dimension => dimension, dimension => Read(dimension, RailApiJson.Field(scores, dimension.Key()), critical));

    /// <summary>The score of the one dimension that was asked for, from the average over it; null where none is told.</summary>
    public ScoreOutcome? ReadAverage(JsonElement root, Dimension asked)
    {
        JsonElement? overall = RailApiJson.Find(root, "rail_score");
        JsonElement? score = overall is { } element
            ? RailApiJson.Field(element, "score")
            : RailApiJson.Objects(root).Select(place => RailApiJson.Field(place, "rail_score") ?? RailApiJson.Field(place, "score")).FirstOrDefault(field => field is not null);
        if (score is null || Number(asked, score, "score", 10, out double raw) is not null)
            return null;
        // Where no confidence is told, none is claimed; the worst answers are not lost for the want of one.
        JsonElement? confidence = overall is { } whole ? RailApiJson.Field(whole, "confidence") : null;
        double sure = confidence is not null && Number(asked, confidence, "confidence", 1, out double told) is null ? told : 0;
        return ScoreOutcome.Scored.Of(raw, sure) with { Issues = [CriticalTag] };
    }

    private ScoreOutcome Read(Dimension dimension, JsonElement? found, bool critical)
    {
        if (found is not { } element)
            return Failed($"gives no score for '{dimension.Key()}', which was asked for");
        if (element.ValueKind != JsonValueKind.Object)
            return Failed($"gives '{dimension.Key()}' as {Kind(element)}, not as an object with score and confidence");
        if (IsOutOfPlace(element))
            return new ScoreOutcome.NotApplicable($"the RAIL API says that {dimension.Key()} does not apply");
        if (Number(dimension, RailApiJson.Field(element, "score"), "score", 10, out double score) is { } wrong)
            return wrong;
        if (Number(dimension, RailApiJson.Field(element, "confidence"), "confidence", 1, out double confidence) is { } unsure)
            return unsure;
        ImmutableArray<string> issues = _words.Issues(dimension, element, critical ? [CriticalTag] : []);
        return ScoreOutcome.Scored.Of(score, confidence) with
        {
            Explanation = _words.Explanation(element),
            Issues = issues,
            Suggestions = _words.Suggestions(element),
        };
    }

    // The vendor documents a score of 5.0 for it and no mark; a plain 5.0 is a score, and a mark is believed in any of these spellings.
    private static bool IsOutOfPlace(JsonElement element) =>
        RailApiJson.Field(element, "applicable") is { ValueKind: JsonValueKind.False }
        || RailApiJson.Field(element, "not_applicable") is { ValueKind: JsonValueKind.True }
        || RailApiWords.Tag(RailApiJson.TextOf(element, "status") ?? "") is "not_applicable" or "n_a";

    private ScoreOutcome.Failed? Number(Dimension dimension, JsonElement? field, string name, double most, out double value)
    {
        value = 0;
        if (field is not { } element)
            return Failed($"gives '{dimension.Key()}' without a {name}");
        if (element.ValueKind != JsonValueKind.Number)
            return Failed($"gives '{dimension.Key()}' a {name} that is {Kind(element)}, not a number");
        value = element.GetDouble();
        return value >= 0 && value <= most
            ? null
            : Failed(string.Create(CultureInfo.InvariantCulture, $"gives '{dimension.Key()}' a {name} of {SafeText.Line(element.GetRawText(), LongestQuote)}, outside 0 to {most}"));
    }

    private string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => $"text (\"{SafeText.Line(key.Clean(element.GetString()!), LongestQuote)}\")",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };

    private static ScoreOutcome.Failed Failed(string what) => new($"{RailApiScorer.Name}: the service {what}", Retryable: false);
}
