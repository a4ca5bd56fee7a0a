using System.CommandLine;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail gate</c>: decides by its exit code: Pass 0, Block 1, Inconclusive 3, Warn 0 (5 with <c>--strict</c>).</summary>
internal sealed class GateCommand
{
    private const int FewestDigits = 12;

    private readonly Judgement _judgement = new();
    private readonly Option<string?> _out = new("--out") { Description = "Folder for a verdict bundle: verdict.json, junit.xml, summary.md, report.html, and all that 'rail verdict replay' needs." };
    private readonly Option<bool> _strict = new("--strict") { Description = "A Warn exits with 5." };
    private readonly Option<string?> _policy = new("--require-policy") { Description = "Refuses to decide by a policy of another hash (12 digits or more)." };
    private readonly Option<string?> _suite = new("--require-suite") { Description = "Refuses to decide on a suite of another hash (12 digits or more)." };
    private readonly Option<string?> _anchor = new("--require-anchor") { Description = "Refuses to decide without --anchor, or with a root model of another fingerprint (12 digits or more)." };

    public static Command Create(Terminal terminal)
    {
        var gate = new GateCommand();
        var command = gate._judgement.AddTo(new Command(
            "gate", "Decides by exit code: Pass 0, Block 1, Inconclusive 3, Warn 0 (5 with --strict). Example: rail gate out/base out/step-200 --policy policy.json --out out/verdict"));
        foreach (var option in (Option[])[gate._out, gate._strict, gate._policy, gate._suite, gate._anchor]) command.Add(option);
        return command.Does(terminal, (parsed, cancellationToken) => gate.RunAsync(terminal, parsed, cancellationToken));
    }

    private async Task<int> RunAsync(Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        foreach (var option in (Option<string?>[])[_policy, _suite, _anchor]) CheckHash(option.Name, parsed.GetValue(option));
        var folder = parsed.GetValue(_out);
        if (folder is not null) VerdictBundle.CheckWritable(folder);
        var input = await _judgement.ReadAsync(parsed, isGate: true);
        Require(_policy.Name, parsed.GetValue(_policy), PolicyFile.Hash(input.Policy), "policy");
        Require(_suite.Name, parsed.GetValue(_suite), input.Checkpoint.Manifest.SuiteHash, "suite");
        RequireAnchor(parsed.GetValue(_anchor), input.Anchor);
        var judged = await _judgement.JudgeAsync(terminal, parsed, input, cancellationToken);
        // What is written stands before what is said: whoever reads the verdict finds its bundle.
        if (folder is not null) VerdictBundle.Write(folder, judged);
        await _judgement.WriteAsync(terminal, parsed, judged, cancellationToken);
        return ExitCodes.Of(judged.Verdict.Outcome, parsed.GetValue(_strict));
    }

    private void RequireAnchor(string? wanted, StoredEvaluation? anchor)
    {
        if (wanted is null) return;
        if (anchor is null) throw new RailInputException($"{_anchor.Name}: there is no anchor; name its evaluation with --anchor DIR");
        if (anchor.Manifest is not { Endpoint: null, Model: { } model })
            throw new RailInputException($"{_anchor.Name}: {anchor.Folder} has no fingerprint that proves its weights; evaluate the root model from its folder with --model");
        Require(_anchor.Name, wanted, model.Fingerprint.Hash, "anchor's model");
    }

    private static void CheckHash(string option, string? wanted)
    {
        if (wanted is null || (wanted.Length is >= FewestDigits and <= 64 && wanted.All(char.IsAsciiHexDigitLower))) return;
        throw new RailInputException($"{option} {wanted}: is no hash; give {FewestDigits} to 64 lower-case hex digits");
    }

    private static void Require(string option, string? wanted, string actual, string what)
    {
        if (wanted is not null && !actual.StartsWith(wanted, StringComparison.Ordinal))
            throw new RailInputException($"{option}: the {what} is {actual}, and {wanted} is required");
    }
}
