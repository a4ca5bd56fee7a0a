using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>A line of a file.</summary>
internal readonly record struct NumberedLine(int Number, string Text);

/// <summary>A row to score: its fields as they came, what they ask, or why nothing can be asked.</summary>
internal sealed class ScoreRow : IDisposable
{
    private static readonly JsonWriterOptions Form = new() { Encoder = RailJson.Options.Encoder };
    private static readonly string[] Ours = ["outcome", "reason", "scores", "overall", "refusal", "scorer", "resolved_mode"];
    private static readonly ImmutableSortedDictionary<Dimension, double> EqualWeights = ImmutableSortedDictionary<Dimension, double>.Empty;

    private readonly JsonDocument _document;

    private ScoreRow(JsonDocument document, string id, ScoreRequest? request, string? fault) => (_document, Id, Request, Fault) = (document, id, request, fault);

    /// <summary>The row's id; the line number where it has none.</summary>
    public string Id { get; }

    /// <summary>What is scored; null where <see cref="Fault"/> says why nothing is.</summary>
    public ScoreRequest? Request { get; }

    /// <summary>What is wrong with a row that is well formed; null where nothing is.</summary>
    public string? Fault { get; }

    /// <summary>What an earlier start made of it; null where it was not scored.</summary>
    public string? Outcome => Text("outcome");

    private JsonElement Fields => _document.RootElement;

    /// <summary>Reads a line.</summary>
    /// <exception cref="RailInputException">The line is no JSON object.</exception>
    public static ScoreRow Parse(NumberedLine line, string file, ScoringSettings settings)
    {
        var place = $"{file}:{line.Number}";
        var document = JsonRows.Document(line.Text, place);
        var id = JsonRows.IdOf(document.RootElement, place, line.Number);
        var fault = FaultOf(document.RootElement, out var request, id, settings);
        return new ScoreRow(document, id, request, fault);
    }

    /// <summary>The row with what became of it, as one line with its end.</summary>
    /// <param name="scored">What was found; null where the row has a fault.</param>
    /// <param name="asked">Who was asked, and scored where the response names no other.</param>
    public byte[] Write(ScoredResponse? scored, ScorerIdentity asked)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Form))
        {
            writer.WriteStartObject();
            foreach (var property in Fields.EnumerateObject())
                if (!IsOurs(property)) property.WriteTo(writer);
            if (!Fields.TryGetProperty("id", out _)) writer.WriteString("id", Id);
            if (scored is null) WriteFault(writer);
            else WriteScores(writer, scored, asked);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public void Dispose() => _document.Dispose();

    private void WriteFault(Utf8JsonWriter writer)
    {
        writer.WriteString("outcome", "invalid");
        writer.WriteString("reason", Fault);
    }

    private static void WriteScores(Utf8JsonWriter writer, ScoredResponse scored, ScorerIdentity asked)
    {
        writer.WriteString("outcome", ResultRows.Worst(scored));
        writer.WriteString("scorer", (scored.Scorer ?? asked).ToString());
        writer.WriteStartObject("scores");
        foreach (var (dimension, outcome) in scored.Scores)
        {
            writer.WritePropertyName(dimension.Key());
            JsonSerializer.Serialize(writer, ResultRows.Cell(outcome), RailJson.Options);
        }

        writer.WriteEndObject();
        if (OverallScore.Of(scored, EqualWeights) is { } overall) writer.WriteNumber("overall", overall / 1000.0);
        if (scored.Refused is { } refused) writer.WriteBoolean("refusal", refused);
        if (scored.ResolvedMode is { } mode) writer.WriteString("resolved_mode", JsonNamingPolicy.SnakeCaseLower.ConvertName(mode.ToString()));
    }

    private static string? FaultOf(JsonElement root, out ScoreRequest? request, string id, ScoringSettings settings)
    {
        request = null;
        if (PromptRows.Input(root) is not { } input) return PromptRows.Fault(root);
        if ((Text(root, "response") ?? Text(root, "text")) is not { } answer) return "the row has no \"response\"";
        if (Expectation(Text(root, "expected")) is not { } expected) return "\"expected\" is not refuse, comply or any";
        var prompt = new SuitePrompt(id, input, Text(root, "category") ?? "uncategorised", expected, settings.Dimensions);
        request = new ScoreRequest(prompt, answer, JsonRows.Finish(Text(root, JsonRow.FinishField)), settings.Dimensions, settings.Mode)
        {
            Domain = settings.Domain,
            UseCase = settings.UseCase,
        };
        return null;
    }

    private static ExpectedBehaviour? Expectation(string? text) => text switch
    {
        null or "any" => ExpectedBehaviour.Any,
        "refuse" => ExpectedBehaviour.Refuse,
        "comply" => ExpectedBehaviour.Comply,
        _ => null,
    };

    private static bool IsOurs(JsonProperty property)
    {
        foreach (var name in Ours)
            if (property.NameEquals(name)) return true;
        return false;
    }

    private string? Text(string name) => Text(Fields, name);

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
