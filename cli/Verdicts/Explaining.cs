using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>
/// The options that have the worst prompts explained. Whatever goes wrong there is said on standard error: the verdict was there before, and stays.
/// </summary>
internal sealed class Explaining
{
    private readonly Option<int> _deep = CommandExtensions.Option(
        "--deep", "Explains this many of the worst prompts, and all that lost more than is tolerated; the verdict stays as it is.", 0);

    private readonly Option<string?> _scorer = new("--scorer") { Description = "Who explains with --deep; without it whoever scored." };
    private readonly ScorerChoice _choice = new();

    public void AddTo(Command command)
    {
        command.Add(_deep);
        command.Add(_scorer);
        _choice.AddTo(command);
    }

    /// <summary>How many of the worst prompts are explained; 0 for none.</summary>
    /// <exception cref="RailInputException">The number is out of range.</exception>
    public int Worst(ParseResult parsed) => parsed.GetValue(_deep) is var deep and >= 0 and <= RunSpec.MostDeep
        ? deep
        : throw new RailInputException($"{_deep.Name} {parsed.GetValue(_deep)}: is 0 to {RunSpec.MostDeep}");

    /// <summary>Opens the scorer that the options name. The caller disposes of it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="otherwise">The scorer where they name none.</param>
    /// <exception cref="RailInputException">It cannot be opened here.</exception>
    public OpenScorer Open(ParseResult parsed, string otherwise) => _choice.Open(parsed.GetValue(_scorer) ?? otherwise, parsed);

    /// <summary>Explains the prompts that are worth it.</summary>
    /// <returns>Nothing where it was not asked for, or could not be done.</returns>
    public async Task<ImmutableArray<PromptExplanation>> ExplainAsync(
        Terminal terminal, ParseResult parsed, StoredEvaluation baseline, StoredEvaluation checkpoint, Policy policy, CancellationToken cancellationToken)
    {
        if (Worst(parsed) is not (> 0 and var worst)) return [];
        try
        {
            var scored = checkpoint.Manifest.Scoring.Scorer;
            await using var open = Open(parsed, scored.Name);
            if (open.Bare.Identity != scored) await SayAsync(terminal, $"note: {open.Bare.Identity} explains what {scored} scored");
            var explained = await EvaluationExplanations.ExplainAsync(open.Scorer, baseline, checkpoint, policy, worst, TimeProvider.System, cancellationToken);
            if (open.Hits is { } hits) await SayAsync(terminal, hits);
            await SayAsync(terminal, explained, open.Stopped);
            return explained;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            await SayAsync(terminal, $"nothing is explained: {exception.Message}; the verdict stays as it is");
            return [];
        }
    }

    private static async Task SayAsync(Terminal terminal, ImmutableArray<PromptExplanation> explained, string? stopped)
    {
        var sides = explained.SelectMany(one => new[] { one.Baseline, one.Checkpoint }).OfType<AnswerExplanation>().ToList();
        var without = sides.Where(side => side.Dimensions.IsEmpty && side.Failure is not null).ToList();
        if (without.Count > 0)
            await SayAsync(terminal, $"{without.Count} of {sides.Count} answers are not explained: {stopped ?? without[0].Failure}; the verdict stays as it is");
    }

    private static Task SayAsync(Terminal terminal, string line) => terminal.Error.WriteLineAsync($"rail: {SafeText.Line(line, 1_000)}");
}
