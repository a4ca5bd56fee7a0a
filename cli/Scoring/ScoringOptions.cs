using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Cli;

/// <summary>The options that decide how answers are scored.</summary>
/// <param name="device">What computes a classifier; null where the command has no such option yet.</param>
internal sealed class ScoringOptions(Func<ParseResult, ComputeDevice>? device = null) : IAsyncDisposable
{
    private readonly Option<string> _scorer = CommandExtensions.Option("--scorer", "Who scores.", RulesScorer.Name);
    private readonly Option<string> _mode = CommandExtensions.Choice<ScoringMode>("--mode", "How thoroughly: basic, deep or auto.");
    private readonly Option<string?> _dimensions = new("--dimensions") { Description = "Comma-separated; all eight without it." };
    private readonly Option<string> _domain = CommandExtensions.Choice<ScoringDomain>("--domain", "The field that answers are from.");
    private readonly Option<string> _useCase = CommandExtensions.Choice<UseCase>("--use-case", "What answers are for.");
    private OpenScorer? _open;

    public ScorerChoice Choice { get; } = new(device);

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_scorer, _mode, _dimensions, _domain, _useCase]) command.Add(option);
        Choice.AddTo(command);
        return command;
    }

    /// <summary>Opens the scorer, once; it is disposed of with the options.</summary>
    /// <exception cref="RailInputException">There is no such scorer, or it cannot be run here.</exception>
    public OpenScorer Open(ParseResult parsed) => _open ??= Choice.Open(parsed.GetValue(_scorer)!, parsed);

    /// <exception cref="RailInputException">There is no such scorer, or it cannot be run here.</exception>
    public IRailScorer Scorer(ParseResult parsed) => Open(parsed).Scorer;

    /// <exception cref="RailInputException">A dimension is unknown.</exception>
    public ScoringSettings Settings(ParseResult parsed) => new(
        Scorer(parsed).Identity,
        parsed.Chosen<ScoringMode>(_mode),
        Dimensions(parsed.GetValue(_dimensions)))
    {
        Domain = parsed.Chosen<ScoringDomain>(_domain),
        UseCase = parsed.Chosen<UseCase>(_useCase),
    };

    public ValueTask DisposeAsync() => _open?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static ImmutableArray<Dimension> Dimensions(string? list)
    {
        if (list is null) return Contracts.Dimensions.All;
        var found = new SortedSet<Dimension>();
        foreach (var key in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Contracts.Dimensions.TryParse(key, out var dimension))
                throw new RailInputException($"--dimensions: '{key}' is no dimension; the eight are {string.Join(", ", Contracts.Dimensions.All.Select(one => one.Key()))}");
            found.Add(dimension);
        }

        return found.Count > 0 ? [.. found] : throw new RailInputException("--dimensions: names none");
    }
}
