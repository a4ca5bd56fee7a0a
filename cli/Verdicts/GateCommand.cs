using System.CommandLine;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary><c>rail gate</c>: decides by its exit code: Pass 0, Block 1, Inconclusive 3, Warn 0 (5 with <c>--strict</c>).</summary>
internal static class GateCommand
{
    private const int FewestDigits = 12;

    public static Command Create(Terminal terminal)
    {
        var judgement = new Judgement();
        var strict = new Option<bool>("--strict") { Description = "A Warn exits with 5." };
        var policy = new Option<string?>("--require-policy") { Description = "Refuses to decide by a policy of another hash (12 digits or more)." };
        var suite = new Option<string?>("--require-suite") { Description = "Refuses to decide on a suite of another hash (12 digits or more)." };
        var anchor = new Option<string?>("--require-anchor") { Description = "Not in this build." };
        var command = judgement.AddTo(new Command("gate", "Decides by exit code: Pass 0, Block 1, Inconclusive 3, Warn 0 (5 with --strict). Example: rail gate out/base out/step-200 --policy policy.json"));
        foreach (var option in (Option[])[strict, policy, suite, anchor]) command.Add(option);
        return command.Does(terminal, async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(anchor) is not null) throw new RailInputException("--require-anchor: this build compares with a baseline only; leave it out");
            var judged = judgement.Judge(parsed);
            Require("--require-policy", parsed.GetValue(policy), judged.Verdict.PolicyHash, "policy");
            Require("--require-suite", parsed.GetValue(suite), judged.Checkpoint.Manifest.SuiteHash, "suite");
            await judgement.WriteAsync(terminal, parsed, judged, cancellationToken);
            return ExitCodes.Of(judged.Verdict.Outcome, parsed.GetValue(strict));
        });
    }

    private static void Require(string option, string? wanted, string actual, string what)
    {
        if (wanted is null) return;
        if (wanted.Length is < FewestDigits or > 64 || !wanted.All(char.IsAsciiHexDigitLower))
            throw new RailInputException($"{option} {wanted}: is no hash; give {FewestDigits} to 64 lower-case hex digits");
        if (!actual.StartsWith(wanted, StringComparison.Ordinal))
            throw new RailInputException($"{option}: the {what} is {actual}, and {wanted} is required");
    }
}
