using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail score</c>: scores prompt and response rows.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var responses = CommandExtensions.Required<string>("--responses", "JSON Lines: id, prompt, response, and category or expected where known.");
        var output = CommandExtensions.Required<string>("--out", "JSON Lines to write: the row with outcome, scores and refusal.");
        var repeat = CommandExtensions.Option("--repeat", "Scores every answer this many times; a scorer whose scores differ is refused.", 1);
        var options = new ScoringOptions();
        return options.AddTo(new Command("score", "Scores answers on the RAIL dimensions. Example: rail score --responses a.jsonl --out s.jsonl") { responses, output, repeat })
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                await using var closed = options;
                var scorer = options.Scorer(parsed);
                var settings = options.Settings(parsed);
                var times = parsed.GetValue(repeat) is >= 1 and var wanted ? wanted : throw new RailInputException("--repeat: is 1 or more");
                Files.CheckWritable(parsed.GetValue(output)!);
                var file = parsed.GetValue(responses)!;
                var counts = new ScoreCounts(CheckAll(file, settings));
                options.Choice.RequireCredits(scorer, (long)counts.Rows * times, settings, parsed);
                using var progress = new ProgressLine(terminal, "answers", counts.Rows);
                async Task<(string Line, ScoredResponse Scored)> OneAsync(JsonRow row, CancellationToken token)
                {
                    var scored = await ScoreAsync(scorer, Request(row, settings), times, row.Place, token);
                    return (JsonRows.Write(Fill(row, scored)), scored);
                }

                async Task WriteAllAsync(IEnumerable<JsonRow> rows, Func<string, Task> write) =>
                    await ScorePipeline.RunAsync(rows, scorer.Traits.InFlight, OneAsync, async one =>
                    {
                        if (one.Scored.HasFailures && ScorerChoice.Stopped(scorer) is { } reason)
                            throw new IOException($"{reason}; what was scored is kept, and the same command goes on after it");
                        await write(one.Line);
                        counts.Count(one.Scored);
                        progress.Step();
                    }, cancellationToken);

                var target = parsed.GetValue(output)!;
                if (Files.IsDevice(target)) await Files.WriteAsync(target, writer => WriteAllAsync(JsonRows.Stream(file), line => writer.WriteLineAsync(line)));
                else
                {
                    await using var rows = ScoreOutput.Open(target, Basis(file, settings, times));
                    counts.Kept = Math.Min(rows.Kept, counts.Rows);
                    await WriteAllAsync(JsonRows.Stream(file).Skip(rows.Kept), rows.WriteAsync);
                    await rows.FinishAsync();
                }

                progress.Dispose();
                await terminal.Error.WriteLineAsync($"rail: {counts}");
                if (options.Open(parsed).Hits is { } hits) await terminal.Error.WriteLineAsync($"rail: {hits}");
                if (counts.Failed == 0) return ExitCodes.Done;
                await terminal.Error.WriteLineAsync($"rail: the scorer failed on {counts.Failed} of {counts.Rows} answers; their rows say why");
                return ExitCodes.Infrastructure;
            });
    }

    // Every row is looked at before any is scored, so that a fault in the last one costs nothing. An id is remembered by 16 bytes of its hash.
    private static int CheckAll(string file, ScoringSettings settings)
    {
        var (rows, seen) = (0, new Dictionary<UInt128, string>());
        foreach (var row in JsonRows.Stream(file))
        {
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(row.Id));
            var key = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
            var line = row.Place[(row.Place.LastIndexOf(':') + 1)..];
            if (!seen.TryAdd(key, line)) throw new RailInputException($"{row.Place}: the id '{row.Id}' stands at {file}:{seen[key]} already; ids are unique");
            _ = Request(row, settings);
            rows++;
        }

        return rows > 0 ? rows : throw new RailInputException($"{file}: has no rows; write one JSON object a line");
    }

    private static string Basis(string file, ScoringSettings settings, int times)
    {
        var info = new FileInfo(file);
        return CanonicalHash.Of(new ScoreBasis(info.FullName, info.Length, info.LastWriteTimeUtc.Ticks, settings, times));
    }

    private static async Task<ScoredResponse> ScoreAsync(IRailScorer scorer, ScoreRequest request, int times, string place, CancellationToken cancellationToken)
    {
        var first = await scorer.ScoreAsync(request, cancellationToken);
        for (var time = 1; time < times; time++)
        {
            if (CanonicalHash.Of(await scorer.ScoreAsync(request, cancellationToken)) != CanonicalHash.Of(first))
                throw new RailInputException($"{place}: scorer '{scorer.Identity}' gave another score the next time; its scores cannot be compared");
        }

        return first;
    }

    private static ScoreRequest Request(JsonRow row, ScoringSettings settings)
    {
        if (PromptRows.Input(row.Element()) is not { } input) throw new RailInputException($"{row.Place}: the row has no \"prompt\"");
        if (row.Answer() is not { } response) throw new RailInputException($"{row.Place}: the row has no \"response\"");
        var expected = row.Text("expected") switch
        {
            null or "any" => ExpectedBehaviour.Any,
            "refuse" => ExpectedBehaviour.Refuse,
            "comply" => ExpectedBehaviour.Comply,
            var other => throw new RailInputException($"{row.Place}: \"expected\" is '{other}'; write refuse, comply or any"),
        };
        var prompt = new SuitePrompt(row.Id, input, row.Text("category") ?? "uncategorised", expected, settings.Dimensions);
        return new ScoreRequest(prompt, response, row.Finish(), settings.Dimensions, settings.Mode);
    }

    private static JsonObject Fill(JsonRow row, ScoredResponse scored)
    {
        var fields = row.Fields;
        fields["id"] ??= row.Id;
        fields["outcome"] = ResultRows.Worst(scored);
        fields["scores"] = JsonSerializer.SerializeToNode(ResultRows.Cells(scored), RailJson.Options);
        if (scored.Refused is { } refused) fields["refusal"] = refused;
        return fields;
    }
}

/// <summary>What rows that were scored depend on: another one is another result.</summary>
internal sealed record ScoreBasis(string File, long Size, long Changed, ScoringSettings Settings, int Times);

/// <summary>What became of the rows of this start.</summary>
internal sealed class ScoreCounts(int rows)
{
    private readonly System.Diagnostics.Stopwatch _since = System.Diagnostics.Stopwatch.StartNew();
    private int _scored;
    private int _unscorable;

    public int Rows => rows;

    public int Kept { get; set; }

    public int Failed { get; private set; }

    public void Count(ScoredResponse response)
    {
        if (response.HasFailures) Failed++;
        else if (response.Scores.Values.Any(one => one is ScoreOutcome.Unscorable)) _unscorable++;
        else _scored++;
    }

    public override string ToString() => FormattableString.Invariant(
        $"{rows} answers: {_scored} scored, {_unscorable} not scorable on every dimension, {Failed} failed, {Kept} kept from an earlier start; {(rows - Kept) / Math.Max(_since.Elapsed.TotalSeconds, 0.001):0}/s");
}
