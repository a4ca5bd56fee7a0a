using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <content>What goes in, and which outputs are meant.</content>
internal sealed partial class MappingFields
{
    private const int MostOutputs = 10_000;
    private const int LongestTemplate = 4_000;

    public ConfidenceRule Confidence(OutputKind kind)
    {
        var probability = kind != OutputKind.Linear;
        if (Find("confidence") is not { } value)
        {
            if (!probability) Fault("confidence: a linear output has no margin: give a number from 0 to 1");
            return new ConfidenceRule(null);
        }

        if (value.TryGetFinite(out var constant) && constant is >= 0 and <= 1) return new ConfidenceRule(constant);
        if (!probability || value.ValueKind != JsonValueKind.String || value.GetString() != "margin")
            Fault($"confidence: {Shown(value)} is not {(probability ? "\"margin\" or " : "")}a number from 0 to 1");
        return new ConfidenceRule(null);
    }

    /// <summary>The input: a template, or a list of two.</summary>
    public ImmutableArray<InputTemplate> Templates()
    {
        if (Find("input") is not { } value)
        {
            Fault($"input: is needed: what the classifier reads, such as \"{InputTemplate.Response}\" or [\"{InputTemplate.Prompt}\", \"{InputTemplate.Response}\"]");
            return [];
        }

        JsonElement[] items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Length is < 1 or > 2) Fault("input: is one text, or a list of two");
        ImmutableArray<InputTemplate> read = [.. items.Take(2).Select(Template).OfType<InputTemplate>()];
        if (read.Length == Math.Min(items.Length, 2) && !read.Any(text => text.HasResponse)) Fault($"input: has no {InputTemplate.Response}, so that every answer would score alike");
        return read;
    }

    /// <summary>The outputs that <c>index</c> or <c>label</c> names.</summary>
    public ImmutableArray<int> Outputs(OutputKind kind, ImmutableArray<string> labels)
    {
        var (index, label) = (Find("index"), Find("label"));
        if (index is null == label is null)
        {
            Fault("names its output by either \"index\" or \"label\"");
            return [];
        }

        ImmutableArray<int> read = [.. Items(index ?? label!.Value).Select(item => index is null ? Labelled(item, labels) : Index(item)).OfType<int>()];
        if (read.Length > 1 && kind != OutputKind.Softmax) Fault("several outputs are summed for softmax alone: name one");
        if (read.Distinct().Count() < read.Length) Fault("names an output twice");
        return read;
    }

    private static JsonElement[] Items(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private InputTemplate? Template(JsonElement item)
    {
        var text = item.ValueKind == JsonValueKind.String ? item.GetString()! : null;
        var template = text is { Length: > 0 and <= LongestTemplate } ? InputTemplate.Read(text) : null;
        if (template is null) Fault($"input: {Shown(item)} is not a text with the places {InputTemplate.Prompt} and {InputTemplate.Response} and no other braces");
        return template;
    }

    private int? Index(JsonElement item)
    {
        if (item.TryGetWhole(out var index) && index is >= 0 and < MostOutputs) return index;
        Fault($"index: {Shown(item)} is not the number of an output, counted from 0");
        return null;
    }

    private int? Labelled(JsonElement item, ImmutableArray<string> labels)
    {
        var found = item.ValueKind == JsonValueKind.String ? labels.IndexOf(item.GetString()!) : -1;
        if (found >= 0) return found;
        Fault(labels.IsEmpty
            ? $"label: config.json names no labels (id2label): use \"index\""
            : $"label: {Shown(item)} is none of the labels in config.json: {SafeText.Line(string.Join(", ", labels), 200)}");
        return null;
    }
}
