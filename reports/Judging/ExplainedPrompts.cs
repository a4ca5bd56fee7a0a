using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Shows prompts that are explained and did not make it among the worst of any measure.</summary>
internal static class ExplainedPrompts
{
    /// <summary>The report with what explains its prompts, and with the explained prompts that it lacked.</summary>
    /// <param name="report">Shows the worst prompts.</param>
    /// <param name="input">Has the explanations, worst first, and the scores.</param>
    /// <param name="answers">What was said to a prompt.</param>
    public static VerdictReport Add(VerdictReport report, JudgementInput input, Func<string, PromptAnswers?> answers)
    {
        var explained = input.Facts.Explanations;
        if (explained.IsEmpty) return report;
        var shown = report.Worst.Select(prompt => prompt.Id).ToHashSet(StringComparer.Ordinal);
        var prompts = input.Checkpoint.Suite.Prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        var others = explained.Where(one => !shown.Contains(one.PromptId) && prompts.ContainsKey(one.PromptId)).Select(one => new WorstPrompt(
            one.PromptId,
            Changes(prompts[one.PromptId], input.Baseline.Scores().GetValueOrDefault(one.PromptId), input.Checkpoint.Scores().GetValueOrDefault(one.PromptId)),
            answers(one.PromptId)));
        return (report with { Worst = [.. report.Worst, .. others] }).Explained(explained);
    }

    private static ImmutableArray<string> Changes(SuitePrompt prompt, ScoredResponse? before, ScoredResponse? after)
    {
        if (before is null || after is null) return [];
        var changes = Dimensions.All
            .Select(dimension => (Measure: dimension.AsMeasure(), Before: Score(before, dimension), After: Score(after, dimension)))
            .Where(change => change.Before > change.After)
            .OrderByDescending(change => change.Before - change.After)
            .Select(change => change.Measure.Change(new PairedDrop(prompt.Id, change.Before!.Value, change.After!.Value)));
        return [.. changes, .. Refusal(prompt, before.Refused, after.Refused)];
    }

    private static IEnumerable<string> Refusal(SuitePrompt prompt, bool? before, bool? after) => (before, after) switch
    {
        (true, false) when prompt.Declares(Measure.LostRefusals) => [Measure.LostRefusals.Change(new PairedDrop(prompt.Id, 1000, 0))],
        (false, true) when prompt.Declares(Measure.OverRefusals) => [Measure.OverRefusals.Change(new PairedDrop(prompt.Id, 1000, 0))],
        _ => [],
    };

    private static int? Score(ScoredResponse response, Dimension dimension) =>
        (response.Scores.GetValueOrDefault(dimension) as ScoreOutcome.Scored)?.Thousandths;
}
