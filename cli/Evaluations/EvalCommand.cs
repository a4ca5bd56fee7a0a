using System.Collections.Immutable;
using System.CommandLine;
using System.Reflection;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail eval</c>: one model, or answers made elsewhere, on one suite, in this process.</summary>
internal sealed class EvalCommand : IAsyncDisposable
{
    private readonly ModelChoice _model = new();
    private readonly Option<string?> _responses = new("--responses") { Description = "JSON Lines of answers made elsewhere: id and response." };
    private readonly Option<string> _suite = CommandExtensions.Required<string>("--suite", "The suite, JSON Lines.");
    private readonly Option<string> _out = CommandExtensions.Required<string>("--out", "Folder for results.jsonl, summary.json and manifest.json.");
    private readonly Option<string?> _name = new("--name") { Description = "What the evaluation is called; without it the folder's or file's name." };
    private readonly Option<string> _format = CommandExtensions.Format();
    private readonly Option<bool> _examine = new("--examine") { Description = $"rail-api, judge: asks the scorer about {ScorerTrial.Asked} control answers as well, without which nothing passes; once, where --score-cache remembers it." };
    private readonly Option<int> _repeat = CommandExtensions.Option(
        "--repeat", "How often answers are generated and scored, to know how much the means waver; from 2, a mean that wavers by more than a quarter of its tolerance does not pass.", 1);
    private readonly GenerationOptions _generation = new();
    private readonly ScoringOptions _scoring;

    private readonly EarlyStopOptions _stopping = new();
    private EarlyStopRule? _rule;

    // One device computes whatever is computed here.
    private EvalCommand() => _scoring = new ScoringOptions(_generation.Device);

    public static Command Create(Terminal terminal)
    {
        var eval = new EvalCommand();
        var command = new Command("eval", "Evaluates a model, or answers made elsewhere, on a suite. Example: rail eval --model demo/models/base --suite demo/suite.jsonl --out out/base");
        eval._model.AddTo(command);
        foreach (var option in (Option[])[eval._responses, eval._suite, eval._out, eval._name, eval._format, eval._examine, eval._repeat]) command.Add(option);
        eval._generation.AddTo(command);
        eval._scoring.AddTo(command);
        eval._stopping.AddTo(command);
        return command.Does(terminal, async (parsed, cancellationToken) =>
        {
            await using var closed = eval;
            return await eval.RunAsync(terminal, parsed, cancellationToken);
        });
    }

    public ValueTask DisposeAsync() => _scoring.DisposeAsync();

    private async Task<int> RunAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_repeat) is < 1 or > RunSpec.MostRepeats)
            throw new RailInputException($"{_repeat.Name} {parsed.GetValue(_repeat)}: is 1 to {RunSpec.MostRepeats}");
        _model.Check(parsed);
        _rule = _stopping.Read(parsed, parsed.GetValue(_repeat));
        var folder = parsed.GetValue(_out)!;
        EvaluationDirectory.CheckWritable(folder);
        var suite = Files.Read(parsed.GetValue(_suite)!, SuiteFile.Read);
        var run = new ScoringRun(terminal, suite, _scoring.Open(parsed), _scoring.Settings(parsed), parsed.GetValue(_examine), parsed.GetValue(_repeat));
        return (_model.IsGiven(parsed), parsed.GetValue(_responses)) switch
        {
            (true, null) => await ModelAsync(terminal, parsed, run, cancellationToken),
            (false, { } file) => await ResponsesAsync(terminal, parsed, run, file, cancellationToken),
            _ => throw new RailInputException("name what to evaluate: either --model DIR or --responses FILE.jsonl or --endpoint URL --model-name M"),
        };
    }

    private async Task<int> ModelAsync(Terminal terminal, ParseResult parsed, ScoringRun run, CancellationToken cancellationToken)
    {
        var settings = _generation.Settings(parsed);
        // Batches of a server may waver where this process does not.
        var canAnswerOtherwise = settings.Temperature > 0 || _model.IsServer(parsed);
        run.Require(_scoring.Choice, parsed, canAnswerOtherwise, await run.Trial.CallsAsync(cancellationToken));
        var ready = await _model.LoadAsync(parsed, _generation.Load(parsed), settings, cancellationToken);
        await using var generator = ready.Generator;
        var manifest = Manifest(parsed, run, ready.Name) with
        {
            Model = generator.Model,
            Generation = settings,
            Repeatable = !canAnswerOtherwise && !run.IsRemote,
            Canaries = ready.Canaries,
            Endpoint = ready.Endpoint,
        };
        _rule?.Check(manifest);
        if (!ready.Canaries.Passed) return await UnfitAsync(terminal, parsed, run, ready, manifest, cancellationToken);

        Task<ImmutableArray<Response>> AnswerAsync(int repetition) => run.AnswerAsync(generator, settings with { Seed = settings.Seed + repetition }, cancellationToken);
        await run.Trial.BeginAsync(cancellationToken);
        await WarnAsync(terminal, run, canAnswerOtherwise);
        if (_rule is { } rule)
        {
            var prefix = await run.ScorePrefixAsync(rule, (evaluator, _, step) => evaluator.AnswerAsync(generator, settings, step, cancellationToken), manifest, cancellationToken);
            return await FinishAsync(terminal, parsed, prefix.Learned(manifest), prefix.Evaluated);
        }

        var answers = await AnswerAsync(0);
        var (evaluated, learned) = await run.ScoreAsync(
            answers, repetition => canAnswerOtherwise ? AnswerAsync(repetition) : Task.FromResult(answers), canAnswerOtherwise, cancellationToken);
        return await FinishAsync(terminal, parsed, learned(manifest), evaluated);
    }

    private async Task<int> UnfitAsync(
        Terminal terminal, ParseResult parsed, ScoringRun run, ReadyModel ready, EvaluationManifest manifest, CancellationToken cancellationToken)
    {
        var failure = new Failure(FailureKind.Canary, $"a canary of {ready.Place} failed: {ready.Canaries.Failures()}");
        // What costs nothing is still known.
        if (!run.IsRemote) await run.Trial.ExamineAsync(cancellationToken);
        Save(parsed, await run.Evaluator.WithoutAnswersAsync(failure.Reason, cancellationToken), run.Trial.Fill(manifest) with { Failure = failure });
        await terminal.Error.WriteLineAsync($"rail: Inconclusive: {failure.Reason}; nothing was scored");
        return ExitCodes.Inconclusive;
    }

    private async Task<int> ResponsesAsync(Terminal terminal, ParseResult parsed, ScoringRun run, string file, CancellationToken cancellationToken)
    {
        var given = GivenResponses.Read(file, run.Suite);
        if (given.Strange > 0)
            await terminal.Error.WriteLineAsync($"rail: note: {file} answers {given.Strange} prompts that the suite does not have; they are left out");
        run.Require(_scoring.Choice, parsed, canAnswerOtherwise: false, await run.Trial.CallsAsync(cancellationToken));
        var manifest = Manifest(parsed, run, Path.GetFileNameWithoutExtension(file));
        _rule?.Check(manifest);
        await run.Trial.BeginAsync(cancellationToken);
        await WarnAsync(terminal, run, canAnswerOtherwise: false);
        ImmutableArray<Response> answers = [.. run.Suite.Prompts.Select(given.To)];
        var (evaluated, learned) = _rule is { } rule
            ? await run.ScorePrefixAsync(rule, (_, slice, _) => Task.FromResult<ImmutableArray<Response>>([.. slice.Prompts.Select(given.To)]), manifest, cancellationToken)
            : await run.ScoreAsync(answers, _ => Task.FromResult(answers), canAnswerOtherwise: false, cancellationToken);
        return await FinishAsync(terminal, parsed, learned(manifest), evaluated with { Rows = [.. evaluated.Rows.Select(given.Complete)] });
    }

    private async Task WarnAsync(Terminal terminal, ScoringRun run, bool canAnswerOtherwise)
    {
        var policy = _rule is { } rule ? rule.Policy with { EarlyStop = rule.On } : new Policy();
        foreach (var warning in SuiteWarnings.Of(run.Suite, policy, _rule?.Alpha ?? policy.Alpha, canAnswerOtherwise || run.IsRemote))
            await terminal.Error.WriteLineAsync($"rail: warning: {warning}");
    }

    private async Task<int> FinishAsync(Terminal terminal, ParseResult parsed, EvaluationManifest manifest, Evaluated evaluated)
    {
        Save(parsed, evaluated, manifest);
        EvaluationView.Write(terminal, parsed.GetValue(_out)!, manifest, evaluated, parsed.GetValue(_format) == "json");
        if (_scoring.Open(parsed).Hits is { } hits) await terminal.Error.WriteLineAsync($"rail: {hits}");
        if (_scoring.Scorer(parsed).Spending is { } spending) await terminal.Error.WriteLineAsync($"rail: {spending}");
        if (PrefixRun.Saved(manifest.Stopped, evaluated) is { } saved) await terminal.Error.WriteLineAsync($"rail: {saved}");
        if (evaluated.Unscorable > 0) await terminal.Error.WriteLineAsync($"rail: note: {evaluated.Unscorable} of {manifest.Prompts} answers could not be scored on every dimension");
        if (evaluated.Failed == 0) return ExitCodes.Done;
        var first = evaluated.Rows.First(row => row.Outcome == "failed");
        await terminal.Error.WriteLineAsync($"rail: {evaluated.Failed} of {manifest.Prompts} prompts failed, first '{first.Id}': {evaluated.FirstFailure}");
        return evaluated.Failed == manifest.Prompts ? ExitCodes.Infrastructure : ExitCodes.Done;
    }

    private void Save(ParseResult parsed, Evaluated evaluated, EvaluationManifest manifest) =>
        EvaluationDirectory.Write(parsed.GetValue(_out)!, evaluated.Rows, evaluated.Summary, hash => manifest with { ResultsHash = hash });

    private EvaluationManifest Manifest(ParseResult parsed, ScoringRun run, string name) => new(
        EvaluationManifest.CurrentVersion,
        parsed.GetValue(_name) ?? name,
        Model: null,
        run.Suite.Hash,
        run.Suite.Header,
        run.Suite.Prompts.Length,
        Generation: null,
        run.Settings,
        Blind: [],
        ResultsHash: "")
    {
        Repeatable = !run.IsRemote,
        Versions = ImmutableSortedDictionary<string, string>.Empty
            .Add("rail", typeof(EvalCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
            .Add("dotnet", Environment.Version.ToString()),
    };
}
