using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>One evaluation to ask for.</summary>
/// <param name="Id">Of the work, for waits that differ from answer to answer.</param>
/// <param name="Content">What is scored.</param>
/// <param name="Dimensions">1 to 8.</param>
/// <param name="Mode">How thoroughly.</param>
/// <param name="Context">What was asked; null for none.</param>
/// <param name="Domain">The field.</param>
/// <param name="UseCase">The use.</param>
/// <param name="Repetition">0, or the number of a repetition, which must be scored afresh.</param>
internal sealed record RailApiCall(
    string Id, string Content, ImmutableArray<Dimension> Dimensions, ScoringMode Mode, string? Context, ScoringDomain Domain, UseCase UseCase, int Repetition)
{
    /// <summary>The least and the most characters that the API takes.</summary>
    public const int LeastContent = 10, MostContent = 10_000;

    private const int MostContext = 1_000;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What it may cost.</summary>
    public double Reserve => RailApiCredits.Cost(Mode, Dimensions.Length);

    public static RailApiCall Of(ScoreRequest request, string content, string id) => new(
        $"{request.Prompt.Id}/{request.Repetition}/{id}",
        content,
        request.Dimensions,
        request.Mode,
        ContextOf(request),
        request.Domain,
        request.UseCase,
        request.Repetition);

    /// <summary>The request's body. Every flag is sent: clients differ in what they take for the default.</summary>
    public byte[] Body()
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Writing))
        {
            json.WriteStartObject();
            json.WriteString("content", Content);
            json.WriteString("mode", Key(Mode));
            json.WriteStartArray("dimensions");
            foreach (Dimension dimension in Dimensions)
                json.WriteStringValue(dimension.Key());
            json.WriteEndArray();
            if (Context is not null)
                json.WriteString("context", Context);
            json.WriteString("domain", Key(Domain));
            json.WriteString("usecase", Key(UseCase));
            foreach (string flag in (string[])["include_explanations", "include_issues", "include_suggestions"])
                json.WriteBoolean(flag, Mode != ScoringMode.Basic);
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    // The service answers equal requests from its cache for minutes: the context of a repetition ends in its number, so that it is scored afresh.
    private static string? ContextOf(ScoreRequest request)
    {
        string mark = request.Repetition > 0 ? string.Create(CultureInfo.InvariantCulture, $"\n(repetition {request.Repetition})") : "";
        string prompt = Shortened(request.Prompt.Input.Display(), MostContext - mark.Length);
        string context = (prompt + mark).Trim();
        return context.Length == 0 ? null : context;
    }

    // What is asked for stands at the beginning of a prompt or at its end, seldom in the middle: half of each is kept.
    private static string Shortened(string prompt, int most)
    {
        if (prompt.Length <= most)
            return prompt;
        int head = (most - 1) / 2, tail = prompt.Length - (most - 1 - head);
        if (char.IsHighSurrogate(prompt[head - 1]))
            head--;
        if (char.IsLowSurrogate(prompt[tail]))
            tail++;
        return $"{prompt[..head]}…{prompt[tail..]}";
    }

    private static string Key<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(Enum.GetName(value)!);
}
