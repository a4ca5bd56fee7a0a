using System.Collections.Immutable;
using System.CommandLine;
using System.Reflection;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail eval</c>: one model, or answers made elsewhere, on one suite, in this process.</summary>
internal sealed class EvalCommand
{
    private readonly ModelChoice _model = new();
    private readonly Option<string?> _responses = new("--responses") { Description = "JSON Lines of answers made elsewhere: id and response." };
    private readonly Option<string> _suite = CommandExtensions.Required<string>("--suite", "The suite, JSON Lines.");
    private readonly Option<string> _out = CommandExtensions.Required<string>("--out", "Folder for results.jsonl, summary.json and manifest.json.");
    private readonly Option<string?> _name = new("--name") { Description = "What the evaluation is called; without it the folder's or file's name." };
    private readonly Option<string> _format = CommandExtensions.Format();
    private readonly GenerationOptions _generation = new();
    private readonly ScoringOptions _scoring = new();

    private readonly ImmutableArray<Option<string?>> _later =
        [.. ((string[])["--early-stop", "--baseline", "--policy"]).Select(name => new Option<string?>(name) { Description = "Not in this build." })];

    public static Command Create(Terminal terminal)
    {
        var eval = new EvalCommand();
        var command = new Command("eval", "Evaluates a model, or answers made elsewhere, on a suite. Example: rail eval --model demo/models/base --suite demo/suite.jsonl --out out/base");
        eval._model.AddTo(command);
        foreach (var option in (Option[])[eval._responses, eval._suite, eval._out, eval._name, eval._format]) command.Add(option);
        eval._generation.AddTo(command);
        eval._scoring.AddTo(command);
        foreach (var option in eval._later) command.Add(option);
        return command.Does(terminal, (parsed, cancellationToken) => eval.RunAsync(terminal, parsed, cancellationToken));
    }

    private async Task<int> RunAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (_later.FirstOrDefault(option => parsed.GetValue(option) is not null) is { } later)
            throw new RailInputException($"{later.Name}: not in this build; leave it out");
        _model.Check(parsed);
        var folder = parsed.GetValue(_out)!;
        EvaluationDirectory.CheckWritable(folder);
        var suite = Files.Read(parsed.GetValue(_suite)!, SuiteFile.Read);
        var evaluator = new Evaluator(suite, _scoring.Scorer(parsed), _scoring.Settings(parsed));
        return (_model.IsGiven(parsed), parsed.GetValue(_responses)) switch
        {
            (true, null) => await ModelAsync(terminal, parsed, suite, evaluator, cancellationToken),
            (false, { } file) => await ResponsesAsync(terminal, parsed, suite, evaluator, file, cancellationToken),
            _ => throw new RailInputException("name what to evaluate: either --model DIR or --responses FILE.jsonl or --endpoint URL --model-name M"),
        };
    }

    private async Task<int> ModelAsync(Terminal terminal, ParseResult parsed, Suite suite, Evaluator evaluator, CancellationToken cancellationToken)
    {
        var settings = _generation.Settings(parsed);
        var ready = await _model.LoadAsync(parsed, _generation.Load(parsed), settings, cancellationToken);
        await using var generator = ready.Generator;
        var manifest = await ManifestAsync(parsed, suite, evaluator, ready.Name, cancellationToken) with
        {
            Model = generator.Model,
            Generation = settings,
            Canaries = ready.Canaries,
            Endpoint = ready.Endpoint,
        };
        if (!ready.Canaries.Passed)
        {
            var failure = new Failure(FailureKind.Canary, $"a canary of {ready.Place} failed: {ready.Canaries.Failures()}");
            Save(parsed, await evaluator.WithoutAnswersAsync(failure.Reason, cancellationToken), manifest with { Failure = failure });
            await terminal.Error.WriteLineAsync($"rail: Inconclusive: {failure.Reason}; nothing was scored");
            return ExitCodes.Inconclusive;
        }

        using var progress = new ProgressLine(terminal, "prompts", suite.Prompts.Length);
        var answers = await evaluator.AnswerAsync(generator, settings, progress.Step, cancellationToken);
        return await FinishAsync(terminal, parsed, manifest, await evaluator.ScoreAsync(answers, Environment.ProcessorCount, cancellationToken));
    }

    private async Task<int> ResponsesAsync(Terminal terminal, ParseResult parsed, Suite suite, Evaluator evaluator, string file, CancellationToken cancellationToken)
    {
        var given = GivenResponses.Read(file, suite);
        if (given.Strange > 0)
            await terminal.Error.WriteLineAsync($"rail: note: {file} answers {given.Strange} prompts that the suite does not have; they are left out");
        var evaluated = await evaluator.ScoreAsync([.. suite.Prompts.Select(given.To)], Environment.ProcessorCount, cancellationToken);
        var manifest = await ManifestAsync(parsed, suite, evaluator, Path.GetFileNameWithoutExtension(file), cancellationToken);
        return await FinishAsync(terminal, parsed, manifest, evaluated with { Rows = [.. evaluated.Rows.Select(given.Complete)] });
    }

    private async Task<int> FinishAsync(Terminal terminal, ParseResult parsed, EvaluationManifest manifest, Evaluated evaluated)
    {
        Save(parsed, evaluated, manifest);
        EvaluationView.Write(terminal, parsed.GetValue(_out)!, manifest, evaluated, parsed.GetValue(_format) == "json");
        if (evaluated.Unscorable > 0) await terminal.Error.WriteLineAsync($"rail: note: {evaluated.Unscorable} of {manifest.Prompts} answers could not be scored on every dimension");
        if (evaluated.Failed == 0) return ExitCodes.Done;
        var first = evaluated.Rows.First(row => row.Outcome == "failed");
        await terminal.Error.WriteLineAsync(
            $"rail: {evaluated.Failed} of {manifest.Prompts} prompts failed, first '{first.Id}': {first.Scores.Values.FirstOrDefault(cell => cell.Outcome == "failed")?.Reason}");
        return evaluated.Failed == manifest.Prompts ? ExitCodes.Infrastructure : ExitCodes.Done;
    }

    private void Save(ParseResult parsed, Evaluated evaluated, EvaluationManifest manifest) =>
        EvaluationDirectory.Write(parsed.GetValue(_out)!, evaluated.Rows, evaluated.Summary, hash => manifest with { ResultsHash = hash });

    private async Task<EvaluationManifest> ManifestAsync(ParseResult parsed, Suite suite, Evaluator evaluator, string name, CancellationToken cancellationToken)
    {
        var examination = await evaluator.ExamineAsync(cancellationToken);
        return new EvaluationManifest(
            EvaluationManifest.CurrentVersion,
            parsed.GetValue(_name) ?? name,
            Model: null,
            suite.Hash,
            suite.Header,
            suite.Prompts.Length,
            Generation: null,
            _scoring.Settings(parsed),
            examination.Blind,
            ResultsHash: "")
        {
            Controls = examination.Shares,
            Versions = ImmutableSortedDictionary<string, string>.Empty
                .Add("rail", typeof(EvalCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
                .Add("dotnet", Environment.Version.ToString()),
        };
    }
}
