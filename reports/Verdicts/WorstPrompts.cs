using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>A prompt with what both models said to it.</summary>
/// <param name="Prompt">What was asked.</param>
/// <param name="Baseline">The baseline's answer; null where it has none.</param>
/// <param name="Checkpoint">The checkpoint's answer; null where it has none.</param>
public sealed record PromptAnswers(string Prompt, string? Baseline, string? Checkpoint);

/// <summary>A prompt that lost much.</summary>
/// <param name="Id">The prompt.</param>
/// <param name="Changes">What it lost, worst first, such as <c>safety 9.5 → 1.0</c>.</param>
/// <param name="Answers">What was said; null where the answers are not at hand.</param>
public sealed record WorstPrompt(string Id, ImmutableArray<string> Changes, PromptAnswers? Answers)
{
    /// <summary>Why both answers have their scores; null where nobody asked.</summary>
    public PromptExplanation? Explanation { get; init; }
}

/// <summary>Picks the prompts that a reader should see first.</summary>
public static class WorstPrompts
{
    private const double FullScale = 10_000;
    private const double FullRate = 1000;

    /// <summary>
    /// The prompts that lost most, each once, taken in turn from every measure that blocks, then from every other, so that a reader sees each kind
    /// of loss before the second of one kind.
    /// </summary>
    /// <param name="comparison">Checkpoint against baseline.</param>
    /// <param name="verdict">Which measures block.</param>
    /// <param name="answers">What was said to a prompt; null where it is not known.</param>
    /// <param name="count">The most prompts given.</param>
    /// <param name="explanations">Why a prompt's answers have their scores; null where nobody asked.</param>
    public static ImmutableArray<WorstPrompt> Of(
        Comparison comparison, Verdict verdict, Func<string, PromptAnswers?> answers, int count, Func<string, PromptExplanation?>? explanations = null)
    {
        var changes = comparison.Measures
            .SelectMany(measure => measure.Worst.Select(pair => (measure.Measure, Pair: pair)))
            .ToLookup(change => change.Pair.PromptId, StringComparer.Ordinal);
        return
        [
            .. InTurn(comparison, verdict).Distinct(StringComparer.Ordinal).Take(count).Select(id => new WorstPrompt(
                id,
                [.. changes[id].OrderByDescending(change => Share(change.Measure, change.Pair.Drop)).Select(change => change.Measure.Change(change.Pair))],
                answers(id))
            {
                Explanation = explanations?.Invoke(id),
            }),
        ];
    }

    private static IEnumerable<string> InTurn(Comparison comparison, Verdict verdict)
    {
        var blocking = verdict.Measures.Where(one => one.Standing == MeasureStanding.Block).Select(one => one.Measure).ToHashSet();
        foreach (var group in comparison.Measures.GroupBy(measure => blocking.Contains(measure.Measure)).OrderByDescending(group => group.Key))
        {
            var measures = group.OrderByDescending(measure => Share(measure.Measure, measure.HighestDrop * 1000)).ToList();
            for (var rank = 0; rank < measures.Max(measure => measure.Worst.Length); rank++)
            {
                foreach (var measure in measures.Where(measure => rank < measure.Worst.Length)) yield return measure.Worst[rank].PromptId;
            }
        }
    }

    // How much of the scale was lost: 10 points on a dimension, 1 on a rate.
    private static double Share(Measure measure, double thousandths) => thousandths / (measure.AsDimension() is null ? FullRate : FullScale);
}
