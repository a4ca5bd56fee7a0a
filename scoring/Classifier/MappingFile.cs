using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Reads rail-scorer.json. What is unknown is an error, and all errors are named at once.</summary>
internal static class MappingFile
{
    public const string Name = "rail-scorer.json";

    private static readonly ImmutableArray<string> Known =
        ["version", "input", "max_length", "truncation", "output", "kind", "rows", "dimensions", "refused"];

    private static readonly ImmutableArray<string> KnownOfDimension = ["index", "label", "scale", "range", "outside", "confidence"];

    private static readonly ImmutableArray<string> KnownOfRefused = ["index", "label", "threshold"];

    /// <summary>Reads a mapping.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="source">What the file is called in errors.</param>
    /// <param name="labels">What the classifier's configuration calls its outputs, in order; empty where it does not.</param>
    /// <exception cref="RailInputException">It is no mapping; every fault is named.</exception>
    public static ClassifierMapping Read(string json, string source, ImmutableArray<string> labels)
    {
        using var document = Parse(json, source);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new RailInputException($"{source}: a mapping is a JSON object");
        var errors = new InputErrors();
        var fields = new MappingFields(document.RootElement, source, "", errors);
        fields.AllKnown(Known);
        fields.Version();
        var kind = fields.Word("kind", ("softmax", OutputKind.Softmax), ("sigmoid", OutputKind.Sigmoid), ("linear", OutputKind.Linear));
        var input = fields.Templates();
        var mapping = new ClassifierMapping
        {
            Input = input,
            MaxLength = fields.Count("max_length", 1, 1_000_000),
            Cut = fields.Word<TextCut?>("truncation", input.Any(text => text.HasPrompt) ? TextCut.Start : TextCut.End, ("start", TextCut.Start), ("end", TextCut.End), ("refuse", null)),
            Output = fields.Text("output", "logits"),
            Kind = kind,
            OneAtATime = fields.Word("rows", false, ("together", false), ("one", true)),
            Dimensions = ReadDimensions(fields, kind, labels),
            Refused = fields.Child("refused") is { } refused ? ReadRefused(refused, kind, labels) : null,
        };
        errors.Throw();
        return mapping;
    }

    private static ImmutableSortedDictionary<Dimension, DimensionOutput> ReadDimensions(MappingFields fields, OutputKind kind, ImmutableArray<string> labels)
    {
        var read = ImmutableSortedDictionary.CreateBuilder<Dimension, DimensionOutput>();
        var children = fields.Children("dimensions");
        foreach (var (key, child) in children)
        {
            if (!Dimensions.TryParse(key, out var dimension)) child.Fault($"is no dimension; they are {string.Join(", ", Dimensions.All.Select(one => one.Key()))}");
            else if (ReadDimension(child, kind, labels) is { } output) read[dimension] = output;
        }

        if (children.Count == 0) fields.Fault("dimensions: name at least one dimension and its output");
        return read.ToImmutable();
    }

    private static DimensionOutput? ReadDimension(MappingFields fields, OutputKind kind, ImmutableArray<string> labels)
    {
        fields.AllKnown(KnownOfDimension);
        var indices = fields.Outputs(kind, labels);
        var (low, high) = fields.Two("scale", 0, 10) ?? (0, 10);
        if (low == high) fields.Fault("scale: both ends are the same score, so that the output would say nothing");
        var range = fields.Two("range", double.MinValue, double.MaxValue);
        if (kind == OutputKind.Linear && range is null) fields.Fault("range: the numbers that a linear output may be are needed, such as [0, 5]");
        if (kind != OutputKind.Linear && range is not null) fields.Fault("range: is for linear outputs; a probability lies in 0 to 1");
        if (range is var (from, to) && !(from < to)) fields.Fault("range: goes from the smaller number to the larger");
        var clamps = fields.Word("outside", false, ("fail", false), ("clamp", true));
        return new DimensionOutput(indices, low, high, range, clamps, fields.Confidence(kind));
    }

    private static RefusalOutput ReadRefused(MappingFields fields, OutputKind kind, ImmutableArray<string> labels)
    {
        fields.AllKnown(KnownOfRefused);
        var indices = fields.Outputs(kind, labels);
        var threshold = kind == OutputKind.Linear ? fields.Number("threshold", double.MinValue, double.MaxValue) : fields.Number("threshold", 0, 1) ?? 0.5;
        if (threshold is null) fields.Fault("threshold: a linear output needs one");
        return new RefusalOutput(indices, threshold ?? 0);
    }

    private static JsonDocument Parse(string json, string source)
    {
        try
        {
            return StrictJson.Parse(json.TrimStart('\uFEFF'));
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{StrictJson.Place(source, exception)}: the mapping {StrictJson.Fault(exception)}", exception);
        }
    }
}
