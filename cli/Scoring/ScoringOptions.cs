using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Cli;

/// <summary>The options that decide how answers are scored.</summary>
internal sealed class ScoringOptions
{
    private readonly Option<string> _scorer = CommandExtensions.Option("--scorer", "Who scores.", RulesScorer.Name);
    private readonly Option<string> _mode = CommandExtensions.Option("--mode", "basic, deep or auto.", "basic");
    private readonly Option<string?> _dimensions = new("--dimensions") { Description = "Comma-separated; all eight without it." };
    private readonly ScorerCatalog _catalog = ScorerCatalog.Default();
    private IRailScorer? _made;

    public ScorerChoice Choice { get; } = new();

    public Command AddTo(Command command)
    {
        _mode.AcceptOnlyFromAmong("basic", "deep", "auto");
        foreach (var option in (Option[])[_scorer, _mode, _dimensions]) command.Add(option);
        Choice.AddTo(command);
        return command;
    }

    /// <exception cref="RailInputException">There is no such scorer, or it cannot be run here.</exception>
    public IRailScorer Scorer(ParseResult parsed) => _made ??= Choice.Make(parsed.GetValue(_scorer)!, parsed) ?? Known(parsed);

    private IRailScorer Known(ParseResult parsed) => _catalog.Find(parsed.GetValue(_scorer)!) switch
    {
        null => throw new RailInputException($"--scorer {parsed.GetValue(_scorer)}: no such scorer; there are {string.Join(", ", _catalog.Names)}"),
        UnavailableScorer unavailable => throw new RailInputException($"--scorer {unavailable.Identity.Name}: {unavailable.Reason}"),
        var scorer => scorer,
    };

    /// <exception cref="RailInputException">A dimension is unknown.</exception>
    public ScoringSettings Settings(ParseResult parsed) => new(
        Scorer(parsed).Identity,
        Enum.Parse<ScoringMode>(parsed.GetValue(_mode)!, ignoreCase: true),
        Dimensions(parsed.GetValue(_dimensions)));

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
