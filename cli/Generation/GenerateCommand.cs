using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Cli;

/// <summary><c>rail generate</c>: answers the prompts of a file, in the order of the file.</summary>
internal static class GenerateCommand
{
    private static readonly string[] Answers = ["prompt_tokens", "output_ids", "text", JsonRow.FinishField, "outcome", "reason"];

    public static Command Create(Terminal terminal)
    {
        var model = new ModelChoice();
        var prompts = CommandExtensions.Required<string>("--prompts", "JSON Lines: id and prompt, messages or input_ids.");
        var output = CommandExtensions.Required<string>("--out", "JSON Lines to write: the row, its tokens and its text.");
        var stats = new Option<string?>("--stats") { Description = "JSON file for speed and occupancy." };
        var options = new GenerationOptions();
        return options.AddTo(model.AddTo(new Command("generate", "Answers prompts with a model. Example: rail generate --model demo/models/base --prompts p.jsonl --out a.jsonl")
        {
            prompts, output, stats,
        })).Does(terminal, async (parsed, cancellationToken) =>
        {
            model.Check(parsed);
            foreach (var written in ((string?[])[parsed.GetValue(output), parsed.GetValue(stats)]).OfType<string>()) Files.CheckWritable(written);
            var rows = JsonRows.Read(parsed.GetValue(prompts)!);
            // A suite's header asks nothing.
            rows.RemoveAll(row => row.Fields.ContainsKey("suite") && PromptRows.Input(row.Element()) is null);
            var requests = rows.ConvertAll(Request);
            var ready = await model.LoadAsync(parsed, options.Load(parsed), options.Settings(parsed), cancellationToken);
            await using var generator = ready.Generator;
            if (!ready.Canaries.Passed) await terminal.Error.WriteLineAsync($"rail: warning: canary failed: {ready.Canaries.Failures()}");
            var answers = await AnswerAsync(terminal, generator, requests, options.Settings(parsed), cancellationToken);
            await Files.WriteAsync(parsed.GetValue(output)!, async writer =>
            {
                foreach (var row in rows) await writer.WriteLineAsync(JsonRows.Write(Fill(row, answers[row.Id])));
            });
            if (parsed.GetValue(stats) is { } statsFile)
                await Files.WriteAsync(statsFile, writer => writer.WriteLineAsync(Stats(generator)));
            return await ReportAsync(terminal, [.. answers.Values]);
        });
    }

    private static string Stats(ITextGenerator generator) => generator is EndpointGenerator endpoint
        ? JsonSerializer.Serialize(endpoint.Stats, RailJson.Indented)
        : JsonSerializer.Serialize(((OnnxTextGenerator)generator).Stats, RailJson.Indented);

    private static GenerationRequest Request(JsonRow row) => PromptRows.Input(row.Element()) is { } input
        ? new GenerationRequest(row.Id, input)
        : throw new RailInputException($"{row.Place}: {PromptRows.Fault(row.Element())}");

    private static async Task<Dictionary<string, GeneratedText>> AnswerAsync(
        Terminal terminal, ITextGenerator generator, List<GenerationRequest> requests, GenerationSettings settings, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(terminal, "prompts", requests.Count);
        var answers = new Dictionary<string, GeneratedText>(StringComparer.Ordinal);
        await foreach (var answer in generator.GenerateAsync(requests, settings, cancellationToken))
        {
            answers[answer.Id] = answer;
            progress.Step();
        }

        return answers;
    }

    private static async Task<int> ReportAsync(Terminal terminal, List<GeneratedText> answers)
    {
        var unanswerable = answers.Count(answer => answer.Outcome is GenerationOutcome.Unanswerable);
        var failed = answers.Count(answer => answer.Outcome is GenerationOutcome.Failed);
        if (unanswerable > 0) await terminal.Error.WriteLineAsync($"rail: note: {unanswerable} of {answers.Count} prompts cannot be put to this model; their rows say why");
        if (failed > 0) await terminal.Error.WriteLineAsync($"rail: {failed} of {answers.Count} prompts failed; their rows say why");
        return failed > 0 ? ExitCodes.Infrastructure : ExitCodes.Done;
    }

    private static JsonObject Fill(JsonRow row, GeneratedText answer)
    {
        var fields = row.Fields;
        // A row may come from an earlier answer, of which nothing stays.
        foreach (var answerField in Answers) fields.Remove(answerField);
        fields["id"] ??= row.Id;
        switch (answer.Outcome)
        {
            case GenerationOutcome.Answered answered:
                // A server may tell neither.
                if (answered.PromptTokens > 0) fields["prompt_tokens"] = answered.PromptTokens;
                if (answer.OutputIds.Count > 0) fields["output_ids"] = new JsonArray([.. answer.OutputIds.Select(id => (JsonNode)id)]);
                fields["text"] = answered.Text;
                fields[JsonRow.FinishField] = JsonNamingPolicy.SnakeCaseLower.ConvertName(answered.Finish.ToString());
                break;
            case GenerationOutcome.Unanswerable none:
                (fields["outcome"], fields["reason"]) = ("unanswerable", none.Reason);
                break;
            case GenerationOutcome.Failed failed:
                (fields["outcome"], fields["reason"]) = ("failed", failed.Error);
                break;
        }

        return fields;
    }
}
