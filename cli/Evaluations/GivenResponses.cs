using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>Answers that were made elsewhere, joined to a suite by id.</summary>
internal sealed class GivenResponses
{
    private static readonly ImmutableHashSet<string> ResultFields =
    [
        .. typeof(ResultRow).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
    ];

    private readonly Dictionary<string, JsonRow> _rows;
    private readonly string _file;

    private GivenResponses(string file, Dictionary<string, JsonRow> rows, int strange) => (_file, _rows, Strange) = (file, rows, strange);

    /// <summary>Rows whose id the suite does not hold; they are left out.</summary>
    public int Strange { get; }

    /// <summary>Reads a file: <c>id</c> and <c>response</c> (or <c>text</c>, as 'rail generate' writes it).</summary>
    /// <exception cref="RailInputException">A row is malformed, answers another prompt, or none answers the suite.</exception>
    public static GivenResponses Read(string file, Suite suite)
    {
        var prompts = suite.Prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        var errors = new InputErrors();
        var rows = new Dictionary<string, JsonRow>(StringComparer.Ordinal);
        var all = JsonRows.Read(file);
        foreach (var row in all)
        {
            if (row.Fields["id"] is null) errors.Add($"{row.Place}: the row has no \"id\"; a response belongs to a prompt of the suite");
            else if (Fault(row, prompts.GetValueOrDefault(row.Id)) is { } fault) errors.Add($"{row.Place}: {fault}");
            else if (prompts.ContainsKey(row.Id)) rows.Add(row.Id, row);
        }

        errors.Throw();
        return rows.Count > 0
            ? new GivenResponses(file, rows, all.Count - rows.Count)
            : throw new RailInputException($"{file}: answers no prompt of the suite '{suite.Header.Name}'; the ids of rows and prompts must be the same");
    }

    /// <summary>The response to a prompt; a failed attempt where the file has none, which is never a score.</summary>
    public Response To(SuitePrompt prompt)
    {
        if (!_rows.TryGetValue(prompt.Id, out var row)) return new Response(prompt.Id, new GenerationOutcome.Failed($"{_file} has no response", Retryable: true));
        var reason = row.Text("reason") ?? $"{row.Place}: the row has no response";
        return new Response(prompt.Id, row.Answer() switch
        {
            { } text => new GenerationOutcome.Answered(text, row.Finish() ?? FinishReason.Eos, Whole(row, "prompt_tokens") ?? 0, Whole(row, "output_tokens") ?? 0),
            null when row.Text("outcome") == "unanswerable" => new GenerationOutcome.Unanswerable(reason),
            null => new GenerationOutcome.Failed(reason, Retryable: true),
        });
    }

    /// <summary>A result row with what the file said, and nothing that it did not say.</summary>
    public ResultRow Complete(ResultRow result) => result.Outcome != ResultRows.Unread && _rows.TryGetValue(result.Id, out var row)
        ? result with
        {
            FinishReason = row.Finish(),
            PromptTokens = Whole(row, "prompt_tokens"),
            OutputTokens = Whole(row, "output_tokens"),
            Others = Others(row),
        }
        : result;

    private static string? Fault(JsonRow row, SuitePrompt? prompt)
    {
        if (row.Answer() is null && row.Fields["outcome"] is null && !row.Fields.ContainsKey("response"))
            return "the row has neither \"response\" nor \"text\"";
        if (row.Fields["response"] is { } response && response.GetValueKind() != JsonValueKind.String) return "\"response\" is not a text";
        if (row.Fields[JsonRow.FinishField] is not null && row.Finish() is null) return $"\"{JsonRow.FinishField}\" is none of eos, stop and length";
        // A name is not a prompt: an answer to other words must not be scored as an answer to these.
        return prompt?.Input is PromptInput.Text asked && row.Text("prompt") is { } words && words != asked.Content
            ? $"the row's prompt is not the suite's prompt '{row.Id}'"
            : null;
    }

    private static int? Whole(JsonRow row, string name) =>
        row.Fields[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    private static Dictionary<string, JsonElement>? Others(JsonRow row)
    {
        var others = row.Fields.Where(field => !ResultFields.Contains(field.Key) && field.Key != "text")
            .ToDictionary(field => field.Key, field => JsonSerializer.SerializeToElement<JsonNode?>(field.Value, RailJson.Options), StringComparer.Ordinal);
        return others.Count == 0 ? null : others;
    }
}
