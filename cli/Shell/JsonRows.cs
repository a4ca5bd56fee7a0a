using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>A line of a JSON Lines file: unknown fields travel with it.</summary>
/// <param name="Place">File and line number.</param>
/// <param name="Id">The row's id; the line number where it has none.</param>
/// <param name="Fields">All its fields.</param>
internal sealed record JsonRow(string Place, string Id, JsonObject Fields)
{
    public const string FinishField = "finish_reason";

    public string? Text(string name) => Fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Why the answer ended; null where the row does not say.</summary>
    public FinishReason? Finish() => JsonRows.Finish(Text(FinishField));

    /// <summary>The answer, as responses or as generated rows have it.</summary>
    public string? Answer() => Text("response") ?? Text("text");

    public JsonElement Element() => JsonSerializer.SerializeToElement(Fields);
}

/// <summary>Reads and writes JSON Lines.</summary>
internal static class JsonRows
{
    /// <summary>Reads rows; ids are unique.</summary>
    /// <exception cref="RailInputException">A line is no JSON object, or an id stands twice; file and line are named.</exception>
    public static List<JsonRow> Read(string file) => Files.Read(file, Read);

    private static List<JsonRow> Read(TextReader reader, string file)
    {
        var rows = new List<JsonRow>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var row = Parse(line, $"{file}:{number}", number);
            if (!places.TryAdd(row.Id, row.Place))
                throw new RailInputException($"{row.Place}: the id '{row.Id}' stands at {places[row.Id]} already; ids are unique");
            rows.Add(row);
        }

        return rows.Count > 0 ? rows : throw new RailInputException($"{file}: has no rows; write one JSON object a line");
    }

    /// <summary>The lines of a file that hold something, one by one as they are asked for.</summary>
    /// <exception cref="RailInputException">The file is no text.</exception>
    public static IEnumerable<NumberedLine> Lines(string file)
    {
        using var reader = Files.Open(file);
        for (var number = 1; Line(reader, file) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) yield return new NumberedLine(number, line);
        }
    }

    private static string? Line(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (System.Text.DecoderFallbackException exception)
        {
            throw new RailInputException($"{file}: is not UTF-8 text; save it as UTF-8", exception);
        }
    }

    public static string Write(JsonObject row) => row.ToJsonString(RailJson.Options);

    /// <summary>A line as a JSON object.</summary>
    /// <exception cref="RailInputException">It is none.</exception>
    public static JsonDocument Document(string line, string place)
    {
        JsonDocument document;
        try
        {
            document = StrictJson.Parse(line);
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{place}: the line {StrictJson.Fault(exception)}; write one object a line", exception);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new RailInputException($"{place}: the line is not a JSON object");
    }

    /// <summary>The row's id; the line number where it has none.</summary>
    /// <exception cref="RailInputException">It is neither a text nor a number.</exception>
    public static string IdOf(JsonElement row, string place, int number) =>
        !row.TryGetProperty("id", out var id) || id.ValueKind == JsonValueKind.Null ? number.ToString(CultureInfo.InvariantCulture)
        : id.ValueKind == JsonValueKind.String ? id.GetString()!
        : id.ValueKind == JsonValueKind.Number ? id.GetRawText()
        : throw new RailInputException($"{place}: \"id\" is neither a text nor a number");

    /// <summary>Why an answer ended; null where the row does not say.</summary>
    public static FinishReason? Finish(string? word) => word switch
    {
        "eos" => FinishReason.Eos,
        "stop" => FinishReason.Stop,
        "length" => FinishReason.Length,
        _ => null,
    };

    private static JsonRow Parse(string line, string place, int number)
    {
        using var document = Document(line, place);
        return new JsonRow(place, IdOf(document.RootElement, place, number), JsonObject.Create(document.RootElement.Clone())!);
    }
}
