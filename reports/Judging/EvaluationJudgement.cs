using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>The one way from stored evaluations to a verdict, for comparing, gating and replaying alike. Pure: the same input gives the same verdict.</summary>
public static class EvaluationJudgement
{
    /// <summary>Compares and decides.</summary>
    /// <exception cref="RailInputException">The evaluations cannot be compared, or what enters does not fit them.</exception>
    public static JudgedEvaluations Judge(JudgementInput input)
    {
        var (baseline, checkpoint, policy) = (input.Baseline, input.Checkpoint, input.Policy);
        CheckWhole(input);
        if (input.Facts.Overlap is { } overlap && overlap.SuiteHash != checkpoint.Manifest.SuiteHash)
            throw new RailInputException($"the overlap was looked for with suite {SafeText.Line(overlap.SuiteHash, 12)}, and {checkpoint.Folder} is of suite {checkpoint.Manifest.SuiteHash[..12]}; look again");
        var blind = EvaluationMatch.Blind(input.Sides.Select(side => side.Manifest));
        var (common, comparison) = Compare(input, baseline, blind, facts => facts with
        {
            Confirmations = input.Facts.Confirmations,
            Tasks = input.Facts.Tasks,
            Overlap = input.Facts.Overlap,
        });
        if (input.Anchor is { } anchor)
            comparison = comparison with { Anchor = Compare(input, anchor, blind, facts => facts with { Confirmations = input.Facts.AnchorConfirmations }).Comparison };

        var scores = checkpoint.Scores();
        var summary = Summaries.Of(common.Prompts.Where(prompt => scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, scores[prompt.Id])));
        var verdict = VerdictRules.Decide(comparison, summary, policy, blind, Failure(input));
        return new JudgedEvaluations(input, comparison, input.Facts.IsGate ? GateRule.Apply(verdict, comparison, checkpoint.Manifest.Stopped) : verdict);
    }

    private static (Suite Common, Comparison Comparison) Compare(
        JudgementInput input, StoredEvaluation reference, ImmutableArray<Dimension> blind, Func<ComparisonFacts, ComparisonFacts> more)
    {
        var common = CommonPrompts.Of(reference, input.Checkpoint, input.Facts.AllowMismatch);
        var facts = Facts(reference.Manifest, input.Checkpoint.Manifest, input.Policy, blind) with
        {
            References = input.Anchor is null ? 1 : 2,
            Mismatches = common.Mismatches,
        };
        return (common.Suite, Comparer.Compare(common.Suite, reference.Scores(), input.Checkpoint.Scores(), more(facts)));
    }

    // Only the checkpoint may have ended early, and then by the policy and the baseline that it is judged by.
    private static void CheckWhole(JudgementInput input)
    {
        foreach (var side in input.Sides.Where(side => side != input.Checkpoint && side.Manifest.Stopped is not null))
            throw new RailInputException($"{side.Folder}: rests on {side.Manifest.Stopped!.Read} of {side.Manifest.Stopped.Total} prompts, and a baseline is the whole suite; evaluate it without --early-stop");
        if (input.Checkpoint.Manifest.Stopped is not { } stopped) return;
        var place = $"{input.Checkpoint.Folder}: was ended early";
        if (stopped.PolicyHash != PolicyFile.Hash(input.Policy))
            throw new RailInputException($"{place} by policy {SafeText.Line(stopped.PolicyHash, 12)}, and this one is {PolicyFile.Hash(input.Policy)[..12]}; give that policy with --policy, or evaluate the whole suite");
        if (stopped.BaselineResultsHash != input.Baseline.Manifest.ResultsHash)
            throw new RailInputException($"{place} against other results than those of {input.Baseline.Folder}; compare it with those, or evaluate the whole suite");
    }

    /// <summary>What two manifests say of a comparison. The baseline's noise counts; where both sides were repeated, the larger.</summary>
    internal static ComparisonFacts Facts(EvaluationManifest baseline, EvaluationManifest checkpoint, Policy policy, ImmutableArray<Dimension> blind)
    {
        var (before, after) = SentinelReadings.Of(baseline, checkpoint);
        return new ComparisonFacts
        {
            Policy = policy,
            Blind = blind,
            Alpha = checkpoint.Stopped?.Alpha,
            Resolved = checkpoint.Stopped?.Read,
            Repeatable = baseline.IsRepeatable() && checkpoint.IsRepeatable(),
            Noise = baseline.Noise.ToImmutableSortedDictionary(
                pair => pair.Key, pair => Math.Max(pair.Value, checkpoint.Noise.GetValueOrDefault(pair.Key))),
            NoiseUnknown = baseline.NoiseUnknown,
            BaselineSentinels = before,
            CheckpointSentinels = after,
        };
    }

    // A baseline without results says nothing about the checkpoint.
    private static Failure? Failure(JudgementInput input) => input.Checkpoint.Manifest.Failure
        ?? Failure("baseline", input.Baseline) ?? Failure("anchor", input.Anchor);

    private static Failure? Failure(string side, StoredEvaluation? evaluation) => evaluation?.Manifest.Failure is { } cause
        ? cause with { Reason = $"the {side} has no results: {cause.Reason}" }
        : null;
}
