using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>
/// Reads a judge's reply. It is one JSON object, perhaps after a block of thoughts, perhaps in a code fence; nothing else is looked through for something
/// that might be meant. All faults are named, and a reply with a fault gives no score.
/// </summary>
internal static partial class JudgeReader
{
    private const int LongestReply = 200_000;
    private const int LongestExplanation = 600;
    private const int LongestSuggestion = 300;
    private const int MostSuggestions = 5;
    private const int MostIssues = 20;

    /// <summary>Reads a reply to a question.</summary>
    /// <returns>The verdict where there is no fault, else null.</returns>
    public static (JudgeVerdict? Verdict, IReadOnlyList<JudgeFault> Faults) Read(string reply, JudgeQuestion question)
    {
        var faults = new List<JudgeFault>();
        if (reply.Length > LongestReply)
            return (null, [new JudgeFault("too_long", $"the reply has {reply.Length} characters; {LongestReply} are read")]);
        string text = Bare(reply);
        if (text.Length == 0)
            return (null, [new JudgeFault("empty", "the reply is empty")]);
        try
        {
            using JsonDocument document = StrictJson.Parse(text);
            JudgeVerdict? verdict = Read(document.RootElement, question, faults);
            return faults.Count == 0 ? (verdict, faults) : (null, faults);
        }
        catch (JsonException e)
        {
            return (null, [Unreadable(text, e)]);
        }
    }

    // <think>…</think> of models whose server leaves it in, and ```json … ``` around the object.
    private static string Bare(string reply)
    {
        string text = Thoughts().Replace(reply, "", 1).Trim();
        Match fenced = Fenced().Match(text);
        return fenced.Success ? fenced.Groups[1].Value.Trim() : text;
    }

    private static JudgeFault Unreadable(string text, JsonException e) => NotANumber().Match(text) is { Success: true } odd
        ? new JudgeFault("not_a_number", $"the reply holds {odd.Groups[1].Value}, which is no number")
        : StrictJson.Fault(e) is var fault && fault.Contains("twice", StringComparison.Ordinal)
            ? new JudgeFault("field_twice", $"the reply {fault}")
            : new JudgeFault("not_json", $"the reply {fault}");

    private static JudgeVerdict? Read(JsonElement root, JudgeQuestion question, List<JudgeFault> faults)
    {
        if (!Fields(root, "the reply", [JudgeSchema.Mark, JudgeSchema.Scores], faults))
            return null;
        JsonElement mark = root.GetProperty(JudgeSchema.Mark), scores = root.GetProperty(JudgeSchema.Scores);
        if (mark.ValueKind != JsonValueKind.String || mark.GetString() != question.Mark)
            faults.Add(new JudgeFault("wrong_mark", "the mark is not the one asked for"));
        if (!Fields(scores, JudgeSchema.Scores, [.. question.Dimensions.Select(dimension => dimension.Key())], faults))
            return null;
        return new JudgeVerdict(question.Dimensions.ToImmutableSortedDictionary(
            dimension => dimension, dimension => Finding(scores.GetProperty(dimension.Key()), dimension, question.Deep, faults)!));
    }

    private static JudgeFinding? Finding(JsonElement element, Dimension dimension, bool deep, List<JudgeFault> faults)
    {
        string place = dimension.Key();
        JudgeRubric rubric = JudgeRubric.Of(dimension);
        if (!Fields(element, place, JudgeSchema.Fields(deep), faults))
            return null;
        JsonElement none = element.GetProperty(JudgeSchema.NotApplicable), score = element.GetProperty(JudgeSchema.Score);
        if (none.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            faults.Add(new JudgeFault("not_applicable_unclear", $"{place}.not_applicable is {Shown(none)}, neither true nor false"));
        bool applies = none.ValueKind != JsonValueKind.True;
        if (!applies && rubric.NotApplicable is null)
            faults.Add(new JudgeFault("always_applies", $"{place} always applies"));
        if (!applies && score.ValueKind != JsonValueKind.Null)
            faults.Add(new JudgeFault("score_and_none", $"{place} has a score and is not applicable"));
        double? value = applies ? Number(score, $"{place}.score", "score", 10, faults) : null;
        double confidence = Number(element.GetProperty(JudgeSchema.Confidence), $"{place}.confidence", "confidence", 1, faults) ?? 0;
        return deep
            ? new JudgeFinding(value, confidence, Explanation(element, place, faults), IssuesOf(element, place, rubric, faults), SuggestionsOf(element, place, faults))
            : new JudgeFinding(value, confidence, null, [], []);
    }

    private static bool Fields(JsonElement element, string place, ImmutableArray<string> names, List<JudgeFault> faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new JudgeFault("no_object", $"{place} is no JSON object"));
            return false;
        }

        string[] missing = [.. names.Where(name => !element.TryGetProperty(name, out _))];
        faults.AddRange(missing.Select(name => new JudgeFault("field_missing", $"{place} has no {name}")));
        faults.AddRange(element.EnumerateObject().Where(field => !names.Contains(field.Name))
            .Select(field => new JudgeFault("field_unknown", $"{place} has a field that was not asked for: {SafeText.Line(field.Name, 40)}")));
        return missing.Length == 0;
    }

    private static double? Number(JsonElement element, string place, string what, double most, List<JudgeFault> faults)
    {
        if (element.ValueKind != JsonValueKind.Number)
        {
            faults.Add(new JudgeFault($"{what}_not_a_number", $"{place} is {Shown(element)}, not a number"));
            return null;
        }

        // A number too large for a double is infinite, and so outside.
        if (element.GetDouble() is var value && !(value >= 0 && value <= most))
        {
            faults.Add(new JudgeFault($"{what}_out_of_range", string.Create(CultureInfo.InvariantCulture, $"{place} is {Shown(element)}, outside 0 to {most}")));
            return null;
        }

        // -0.0 is 0, and rests as such.
        return value == 0 ? 0 : value;
    }

    private static string Explanation(JsonElement element, string place, List<JudgeFault> faults)
    {
        JsonElement text = element.GetProperty(JudgeSchema.Explanation);
        if (text.ValueKind == JsonValueKind.String)
            return SafeText.Line(text.GetString()!, LongestExplanation);
        faults.Add(new JudgeFault("explanation_no_text", $"{place}.explanation is {Shown(text)}, not a text"));
        return "";
    }

    private static ImmutableArray<string> IssuesOf(JsonElement element, string place, JudgeRubric rubric, List<JudgeFault> faults) =>
        [.. Texts(element, place, JudgeSchema.Issues, faults).Take(MostIssues)
            .Select(issue => rubric.Issues.Contains(issue) ? issue : JudgeRubric.OtherIssue).Distinct().Order(StringComparer.Ordinal)];

    private static ImmutableArray<string> SuggestionsOf(JsonElement element, string place, List<JudgeFault> faults) =>
        [.. Texts(element, place, JudgeSchema.Suggestions, faults).Take(MostSuggestions).Select(text => SafeText.Line(text, LongestSuggestion)).Where(text => text.Length > 0)];

    private static string[] Texts(JsonElement element, string place, string name, List<JudgeFault> faults)
    {
        JsonElement list = element.GetProperty(name);
        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        faults.Add(new JudgeFault($"{name}_no_texts", $"{place}.{name} is no list of texts"));
        return [];
    }

    private static string Shown(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => $"the text \"{SafeText.Line(element.GetString()!, 20)}\"",
        JsonValueKind.Object or JsonValueKind.Array => $"an {element.ValueKind.ToString().ToLowerInvariant()}",
        _ => SafeText.Line(element.GetRawText(), 24),
    };

    [GeneratedRegex(@"\A\s*<think>.*?</think>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Thoughts();

    [GeneratedRegex(@"\A```(?:json)?[ \t]*\n(.*)\n[ \t]*```\z", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Fenced();

    [GeneratedRegex(@":\s*(-?(?:NaN|Infinity))", RegexOptions.CultureInvariant)]
    private static partial Regex NotANumber();
}
