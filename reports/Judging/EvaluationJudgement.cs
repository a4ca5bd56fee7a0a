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
        var blind = EvaluationMatch.Blind(input.Sides);
        var common = CommonPrompts.Of(baseline, checkpoint, input.Facts.AllowMismatch);
        var comparison = Comparer.Compare(common.Suite, baseline.Scores(), checkpoint.Scores(), Facts(input, baseline, blind, common.Mismatches));
        if (input.Anchor is { } anchor)
        {
            var shared = CommonPrompts.Of(anchor, checkpoint, input.Facts.AllowMismatch);
            comparison = comparison with { Anchor = Comparer.Compare(shared.Suite, anchor.Scores(), checkpoint.Scores(), Facts(input, anchor, blind, shared.Mismatches)) };
        }

        var scores = checkpoint.Scores();
        var summary = Summaries.Of(common.Suite.Prompts.Where(prompt => scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, scores[prompt.Id])));
        var verdict = VerdictRules.Decide(comparison, summary, policy, blind, Failure(input));
        return new JudgedEvaluations(input, comparison, input.Facts.WholeSuite ? WholeSuite.Require(verdict, checkpoint.Manifest.Stopped) : verdict);
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

    // The baseline's noise counts; where both sides were repeated, the larger.
    private static ComparisonFacts Facts(JudgementInput input, StoredEvaluation reference, ImmutableArray<Dimension> blind, ImmutableArray<string> mismatches)
    {
        var (baseline, checkpoint) = (reference.Manifest, input.Checkpoint.Manifest);
        var (before, after) = SentinelReadings.Of(baseline, checkpoint);
        var isMain = reference == input.Baseline;
        return new ComparisonFacts
        {
            Policy = input.Policy,
            Blind = blind,
            Alpha = checkpoint.Stopped?.Alpha,
            References = input.Anchor is null ? 1 : 2,
            Resolved = checkpoint.Stopped?.Read,
            Repeatable = baseline.IsRepeatable() && checkpoint.IsRepeatable(),
            Confirmations = isMain ? input.Facts.Confirmations : [],
            Tasks = isMain ? input.Facts.Tasks : [],
            Overlap = isMain ? input.Facts.Overlap : null,
            Mismatches = mismatches,
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
