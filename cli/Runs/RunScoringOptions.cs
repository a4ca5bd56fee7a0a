using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>How a run scores, and what it learns about its scorer.</summary>
internal sealed class RunScoringOptions
{
    private readonly Option<string> _mode = CommandExtensions.Choice<ScoringMode>("--mode", "How thoroughly: basic, deep or auto.");
    private readonly Option<string> _domain = CommandExtensions.Choice<ScoringDomain>("--domain", "The field that answers are from.");
    private readonly Option<string> _useCase = CommandExtensions.Choice<UseCase>("--use-case", "What answers are for.");
    private readonly Option<int> _repeats = CommandExtensions.Option(
        "--repeats", "How often the baseline is generated and scored; from 2, a mean that wavers by more than a quarter of its tolerance does not pass.", 1);
    private readonly Option<int> _deepWorst = CommandExtensions.Option(
        "--deep-worst", "Explains this many of the worst prompts of every checkpoint, and all that lost more than is tolerated.", 0);

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_mode, _domain, _useCase, _repeats, _deepWorst]) command.Add(option);
        return command;
    }

    /// <exception cref="RailInputException">A number is out of range.</exception>
    public RunSpec Fill(ParseResult parsed, RunSpec spec) => spec with
    {
        Mode = parsed.Chosen<ScoringMode>(_mode),
        Domain = parsed.Chosen<ScoringDomain>(_domain),
        UseCase = parsed.Chosen<UseCase>(_useCase),
        Repeats = Within(parsed.GetValue(_repeats), 1, RunSpec.MostRepeats, "--repeats"),
        DeepWorst = Within(parsed.GetValue(_deepWorst), 0, RunSpec.MostDeep, "--deep-worst"),
    };

    private static int Within(int number, int least, int most, string option) => number >= least && number <= most
        ? number
        : throw new RailInputException($"{option} {number}: is {least} to {most}");
}
