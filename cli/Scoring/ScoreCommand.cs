using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail score</c>: scores prompt and response rows.</summary>
internal sealed class ScoreCommand : IAsyncDisposable
{
    private const string Text = """
        Scores answers on the RAIL dimensions. Example: rail score --responses a.jsonl --out s.jsonl
        A line that is no JSON object, or an id that stands twice, ends the command before anything is scored. A row without prompt or response is written as it is with the outcome
        "invalid", and the exit code is 2. Stopped in any way, the same command goes on after the last whole line.
        """;

    private const int LongestFault = 500;

    private readonly Option<string> _responses = CommandExtensions.Required<string>("--responses", "JSON Lines: id, prompt, response, and category or expected where known.");
    private readonly Option<string> _output = CommandExtensions.Required<string>("--out", "JSON Lines to write: the row with outcome, scores and refusal.");
    private readonly Option<int> _repeat = CommandExtensions.Option("--repeat", "Scores every answer this many times and says how much the means waver; the first scores are written.", 1);
    private readonly Option<string?> _noise = new("--noise") { Description = "With --repeat: writes the noise of the means, as JSON." };
    private readonly Option<bool> _retry = new("--retry-failed") { Description = "Scores the rows of --out that failed once more, and keeps the others." };
    private readonly ScoringOptions _options = new();

    public static Command Create(Terminal terminal)
    {
        var command = new ScoreCommand();
        return command._options.AddTo(new Command("score", Text) { command._responses, command._output, command._repeat, command._noise, command._retry })
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                await using var closed = command;
                return await command.RunAsync(terminal, parsed, cancellationToken);
            });
    }

    public ValueTask DisposeAsync() => _options.DisposeAsync();

    private async Task<int> RunAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (scorer, settings) = (_options.Scorer(parsed), _options.Settings(parsed));
        var times = parsed.GetValue(_repeat) is >= 1 and <= 100 and var wanted ? wanted : throw new RailInputException("--repeat: is 1 to 100");
        var target = parsed.GetValue(_output)!;
        Files.CheckWritable(target);
        if (parsed.GetValue(_noise) is { } file) Files.CheckWritable(file);
        var source = parsed.GetValue(_retry) ? target : parsed.GetValue(_responses)!;
        var run = new ScoreRun(source, scorer, settings, times, failedOnly: parsed.GetValue(_retry));
        var counts = new ScoreCounts(await run.CheckAsync(cancellationToken), scorer.Identity);
        _options.Choice.RequireCredits(scorer, (long)counts.Rows * times, settings, parsed);
        var noise = new NoiseTally();
        using (var progress = new ProgressLine(terminal, "answers", counts.Rows))
        {
            await WriteAsync(run, target, CanonicalHash.Of(ScoreBasis.Of(source, settings, times)), counts, row =>
            {
                if (row.Found.Length > 0 && row.Found[0].HasFailures && scorer.Stopped is { } reason)
                    throw new IOException($"{reason}; what was scored is kept, and the same command goes on after it");
                counts.Count(row);
                if (row.Found.Length > 1) noise.Add(row.Found);
                progress.Step();
            }, cancellationToken);
        }

        await SayAsync(terminal, parsed, scorer, counts, cancellationToken);
        if (times > 1) await SayNoiseAsync(terminal, parsed, noise.Noise(), counts.Rows, times);
        return counts.Failed > 0 ? ExitCodes.Infrastructure : counts.Invalid > 0 ? ExitCodes.BadInput : ExitCodes.Done;
    }

    private static async Task WriteAsync(ScoreRun run, string target, string basis, ScoreCounts counts, Action<ScoredRow> count, CancellationToken cancellationToken)
    {
        if (Files.IsDevice(target))
        {
            await Files.WriteAsync(target, writer => run.WriteAsync(0, row =>
            {
                count(row);
                return writer.WriteAsync(System.Text.Encoding.UTF8.GetString(row.Line));
            }, cancellationToken));
            return;
        }

        await using var rows = ScoreOutput.Open(target, basis);
        counts.Kept = Math.Min(rows.Kept, counts.Rows);
        await run.WriteAsync(rows.Kept, row =>
        {
            count(row);
            return rows.WriteAsync(row.Line);
        }, cancellationToken);
        await rows.FinishAsync();
    }

    private async Task SayAsync(Terminal terminal, ParseResult parsed, IRailScorer scorer, ScoreCounts counts, CancellationToken cancellationToken)
    {
        foreach (var fault in counts.Faults) await terminal.Error.WriteLineAsync($"rail: {SafeText.Line(fault, LongestFault)}");
        if (counts.Invalid > counts.Faults.Count) await terminal.Error.WriteLineAsync($"rail: and {counts.Invalid - counts.Faults.Count} invalid rows more; each says why");
        await terminal.Error.WriteLineAsync($"rail: {counts}");
        if (_options.Open(parsed).Hits is { } hits) await terminal.Error.WriteLineAsync($"rail: {hits}");
        if (scorer.Spending is { } spending) await terminal.Error.WriteLineAsync($"rail: {spending}");
        if (counts.Failed > 0)
            await terminal.Error.WriteLineAsync($"rail: the scorer failed on {counts.Failed} of {counts.Rows} answers; their rows say why, and --retry-failed scores them once more");
        await terminal.Error.WriteLineAsync(await SightAsync(scorer, cancellationToken));
    }

    // A scorer that asks a service is not asked 320 times more behind a person's back.
    private static async Task<string> SightAsync(IRailScorer scorer, CancellationToken cancellationToken)
    {
        if (scorer.Traits.IsRemote) return $"rail: {scorer.Identity} was not examined here; 'rail eval --examine' tells what it is blind to";
        var examination = await PositiveControls.ExamineAsync(scorer, cancellationToken);
        return examination.Blind.IsEmpty
            ? $"rail: {scorer.Identity} tells good answers from bad ones on all eight dimensions"
            : $"rail: {scorer.Identity} is blind to {string.Join(", ", examination.Blind.Select(dimension => dimension.Key()))}: do not rely on its scores there";
    }

    private async Task SayNoiseAsync(Terminal terminal, ParseResult parsed, ImmutableSortedDictionary<Dimension, double> noise, int answers, int times)
    {
        await terminal.Error.WriteLineAsync(FormattableString.Invariant(
            $"rail: noise of the mean over {answers} answers, scored {times} times each: {string.Join(", ", noise.Select(one => FormattableString.Invariant($"{one.Key.Key()} {one.Value:0.000}")))}"));
        if (parsed.GetValue(_noise) is not { } file) return;
        var text = JsonSerializer.Serialize(new NoiseFile(answers, times, noise), RailJson.Indented);
        await Files.WriteAsync(file, writer => writer.WriteLineAsync(text));
    }

    private sealed record NoiseFile(int Answers, int Times, ImmutableSortedDictionary<Dimension, double> Noise);
}

/// <summary>What rows that were scored depend on: another one is another result.</summary>
internal sealed record ScoreBasis(string File, long Size, long Changed, ScoringSettings Settings, int Times)
{
    public static ScoreBasis Of(string file, ScoringSettings settings, int times)
    {
        var info = new FileInfo(file);
        return new ScoreBasis(info.FullName, info.Exists ? info.Length : 0, info.LastWriteTimeUtc.Ticks, settings, times);
    }
}
