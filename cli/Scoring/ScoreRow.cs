using System.Buffers;
using System.Globalization;
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
    private static readonly string[] Ours = ["outcome", "reason", "scores", "refusal", "scorer", "resolved_mode"];

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
        JsonDocument document;
        try
        {
            document = StrictJson.Parse(line.Text);
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{place}: the line {StrictJson.Fault(exception)}; write one object a line", exception);
        }

        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object) throw new RailInputException($"{place}: the line is not a JSON object");
        var id = !root.TryGetProperty("id", out var field) || field.ValueKind == JsonValueKind.Null ? line.Number.ToString(CultureInfo.InvariantCulture)
            : field.ValueKind == JsonValueKind.String ? field.GetString()!
            : field.ValueKind == JsonValueKind.Number ? field.GetRawText()
            : throw new RailInputException($"{place}: \"id\" is neither a text nor a number");
        var fault = FaultOf(root, out var request, id, settings);
        return new ScoreRow(document, id, request, fault);
    }

    /// <summary>The row with what became of it, as one line with its end.</summary>
    /// <param name="scored">What was found; null where the row has a fault.</param>
    /// <param name="asked">Who was asked: another scorer is named.</param>
    public byte[] Write(ScoredResponse? scored, ScorerIdentity asked)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Form))
        {
            writer.WriteStartObject();
            foreach (var property in Fields.EnumerateObject())
                if (!Ours.Contains(property.Name)) property.WriteTo(writer);
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
        writer.WritePropertyName("scores");
        JsonSerializer.Serialize(writer, ResultRows.Cells(scored), RailJson.Options);
        if (scored.Refused is { } refused) writer.WriteBoolean("refusal", refused);
        if (scored.Scorer is { } other && other != asked) writer.WriteString("scorer", other.ToString());
        if (scored.ResolvedMode is { } mode) writer.WriteString("resolved_mode", JsonNamingPolicy.SnakeCaseLower.ConvertName(mode.ToString()));
    }

    private static string? FaultOf(JsonElement root, out ScoreRequest? request, string id, ScoringSettings settings)
    {
        request = null;
        if (PromptRows.Input(root) is not { } input) return PromptRows.Fault(root);
        if ((Text(root, "response") ?? Text(root, "text")) is not { } answer) return "the row has no \"response\"";
        if (Expectation(Text(root, "expected")) is not { } expected) return "\"expected\" is not refuse, comply or any";
        var prompt = new SuitePrompt(id, input, Text(root, "category") ?? "uncategorised", expected, settings.Dimensions);
        request = new ScoreRequest(prompt, answer, Finish(Text(root, JsonRow.FinishField)), settings.Dimensions, settings.Mode)
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

    private static FinishReason? Finish(string? text) => text switch
    {
        "eos" => FinishReason.Eos,
        "stop" => FinishReason.Stop,
        "length" => FinishReason.Length,
        _ => null,
    };

    private string? Text(string name) => Text(Fields, name);

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;
}
