using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A verdict that was drawn once more from what a bundle holds.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Judged">What this build makes of it.</param>
/// <param name="Differences">Where that is another thing than the bundle says; empty where it is the same.</param>
public sealed record BundleReplay(BundleFolder Bundle, JudgedEvaluations Judged, ImmutableArray<FieldDifference> Differences)
{
    // A field that nobody reads could say what nobody checked.
    private static readonly JsonSerializerOptions Strict = new(RailJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private const string Pages = "the page of the recorded verdict";

    /// <summary>Checks a bundle and draws its verdict once more, from its scores and its policy alone.</summary>
    /// <exception cref="RailInputException">A file is missing, changed, malformed, or one too many.</exception>
    public static BundleReplay Of(string folder)
    {
        var bundle = BundleFolder.Open(folder).Check();
        var input = new JudgementInput(
            EvaluationDirectory.Read(bundle.At(BundleNames.Baseline)),
            EvaluationDirectory.Read(bundle.At(BundleNames.Checkpoint)),
            PolicyFile.Read(File.ReadAllText(bundle.At(BundleNames.Policy)), bundle.At(BundleNames.Policy)))
        {
            Anchor = bundle.Manifest.Anchor is null ? null : EvaluationDirectory.Read(bundle.At(BundleNames.Anchor)),
            Facts = Read<JudgementFacts>(bundle.At(BundleNames.Facts)),
        };
        if (input.Facts.Version != JudgementFacts.CurrentVersion)
            throw new RailInputException($"{bundle.At(BundleNames.Facts)}: version {input.Facts.Version}; this build reads {JudgementFacts.CurrentVersion}");
        var judged = EvaluationJudgement.Judge(input);
        return new BundleReplay(bundle, judged, Compare(bundle, judged));
    }

    private static ImmutableArray<FieldDifference> Compare(BundleFolder bundle, JudgedEvaluations judged)
    {
        var texts = BundleContent.Texts(judged);
        var fields = Fields.Compare(Node(bundle.At(BundleNames.Verdict)), JsonNode.Parse(texts[BundleNames.Verdict])).ToList();
        var pages = BundleNames.Drawn
            .Where(name => !File.ReadAllBytes(bundle.At(name)).AsSpan().SequenceEqual(texts[name]))
            .Select(name => new FieldDifference(name, "another page", Pages));
        // Who wrote it may be another build; what it says of the verdict is checked.
        var expected = BundleContent.Manifest(judged, bundle.Manifest.Files) with { Tools = bundle.Manifest.Tools };
        var manifest = Fields.Compare(JsonSerializer.SerializeToNode(bundle.Manifest, RailJson.Options), JsonSerializer.SerializeToNode(expected, RailJson.Options), "bundle");
        return [.. fields, .. manifest, .. pages];
    }

    private static JsonNode Node(string file) =>
        Read(file, () => JsonNode.Parse(File.ReadAllBytes(file), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }));

    private static T Read<T>(string file) => Read(file, () => JsonSerializer.Deserialize<T>(File.ReadAllBytes(file), Strict));

    private static T Read<T>(string file, Func<T?> parse)
    {
        try
        {
            return parse() ?? throw new JsonException("it is null");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new RailInputException($"{file}: is not readable: {SafeText.Line(exception.Message, 300)}", exception);
        }
    }
}
