using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>The options of an evaluation that ends as soon as it has shown enough.</summary>
internal sealed class EarlyStopOptions
{
    private readonly Option<string> _on = CommandExtensions.Choice<EarlyStop>(
        "--early-stop", "Ends as soon as the checkpoint is sure to block, or to block or pass, against --baseline; what was not asked stays marked so, and a gate passes the whole suite only.");

    private readonly Option<string?> _baseline = new("--baseline") { Description = "early-stop: the baseline's whole evaluation." };
    private readonly Option<string?> _policy = new("--policy") { Description = "early-stop: JSON file of what is tolerated; the one that compare and gate are given later." };
    private readonly Option<int?> _index = new("--checkpoint-index")
    {
        Description = "early-stop: which checkpoint of its run this is, from 1. The checkpoints of a run share the policy's error rate, and one process knows of no others: count them here, or use 'rail run'.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_on, _baseline, _policy, _index]) command.Add(option);
    }

    /// <summary>The rule; null where the whole suite is asked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="repeats">How often answers are generated.</param>
    /// <exception cref="RailInputException">An option is wrong or missing, or the baseline cannot be read.</exception>
    public EarlyStopRule? Read(ParseResult parsed, int repeats)
    {
        var on = parsed.Chosen<EarlyStop>(_on);
        if (on == EarlyStop.None)
        {
            if (new Option[] { _baseline, _policy, _index }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } stray)
                throw new RailInputException($"{stray.Name}: belongs to {_on.Name} block|both; give that as well, or leave it out");
            return null;
        }

        if (repeats > 1) throw new RailInputException($"{_on.Name}: --repeat measures how much the whole suite wavers; leave one of them out");
        var folder = parsed.GetValue(_baseline) ?? throw new RailInputException($"{_on.Name}: name the evaluation to compare with: --baseline DIR");
        var index = parsed.GetValue(_index) ?? 1;
        if (index < 1) throw new RailInputException($"{_index.Name} {index}: is 1 or more");
        var policy = parsed.GetValue(_policy) is { } file ? PolicyFile.Read(Files.ReadText(file), file) : new Policy();
        return new EarlyStopRule(EvaluationDirectory.Read(folder), policy, on, AlphaShares.Of(policy.Alpha, policy.ExpectedCheckpoints, index));
    }
}
