using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>What a run's checkpoints are judged by beside their baseline's scores.</summary>
internal sealed class RunJudgingOptions
{
    private readonly Option<string?> _policy = new("--policy") { Description = "JSON file of what is tolerated." };
    private readonly Option<string?> _earlyStop = EarlyStopOption();
    private readonly Option<string?> _anchor = new("--anchor") { Description = "The root aligned model, compared as well so that small losses cannot add up: its folder, or a URI." };
    private readonly Option<string?> _overlap = new("--overlap") { Description = "What 'rail suite overlap --out FILE' found in the training data." };
    private readonly TaskMetricOptions _tasks = new("the baseline");

    public Command AddTo(Command command)
    {
        foreach (var option in (Option[])[_policy, _earlyStop, _anchor, _overlap]) command.Add(option);
        return _tasks.AddTo(command);
    }

    /// <summary>The policy file's, or the defaults, with what the command line says instead.</summary>
    /// <exception cref="RailInputException">The file is no policy.</exception>
    public Policy Policy(ParseResult parsed)
    {
        var policy = parsed.GetValue(_policy) is { } file ? PolicyFile.Read(Files.ReadText(file), file) : new Policy();
        return parsed.GetValue(_earlyStop) is { } word ? policy with { EarlyStop = Enum.Parse<EarlyStop>(word, ignoreCase: true) } : policy;
    }

    /// <exception cref="RailInputException">There is no such anchor, the overlap is not that of the suite, or a metric is none.</exception>
    public RunSpec Fill(ParseResult parsed, RunSpec spec) => spec with
    {
        Anchor = parsed.GetValue(_anchor) is { } anchor ? new ModelReference(RunStartCommand.Existing(anchor)) : null,
        Overlap = parsed.GetValue(_overlap) is { } file ? Overlap(file, spec.SuiteHash) : null,
        BaselineTasks = _tasks.Read(parsed),
    };

    private static SuiteOverlap Overlap(string file, string suite) =>
        SuiteOverlapFile.Read(Files.ReadText(file), file) is var overlap && overlap.SuiteHash == suite
            ? overlap
            : throw new RailInputException($"{file}: is about the suite {SafeText.Line(overlap.SuiteHash, suite.Length)}, and this one is {suite}; look through the training data for this suite");

    private static Option<string?> EarlyStopOption()
    {
        var option = new Option<string?>("--early-stop") { Description = "Instead of the policy's: none, block (as soon as it is sure to block) or both." };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<EarlyStop>().Select(value => value.ToString().ToLowerInvariant())]);
        return option;
    }
}
