using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Asks a scorer why answers have their scores. What it says explains scores that are kept elsewhere, and changes none.</summary>
public static class DeepScoring
{
    private const int Attempts = 3;
    private const int LongestText = 4000;
    private const int MostListed = 20;

    /// <summary>Explains both answers to prompts, as many at a time as the scorer wants. What fails is named, never thrown.</summary>
    /// <param name="scorer">Who explains.</param>
    /// <param name="prompts">The prompts, such as <see cref="DeepSelection"/> picks.</param>
    /// <param name="baseline">The baseline's answers by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's answers by prompt id.</param>
    /// <param name="settings">How the answers were scored; the mode is deep whatever it says.</param>
    /// <param name="deadline">Ends it: what is not explained by then is named as such; default for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One for every prompt, in their order.</returns>
    public static async Task<ImmutableArray<PromptExplanation>> ExplainAsync(
        IRailScorer scorer,
        ImmutableArray<SuitePrompt> prompts,
        IReadOnlyDictionary<string, Response> baseline,
        IReadOnlyDictionary<string, Response> checkpoint,
        ScoringSettings settings,
        CancellationToken deadline = default,
        CancellationToken cancellationToken = default)
    {
        var deep = settings with { Mode = ScoringMode.Deep, Repetition = 0 };
        var asked = prompts.SelectMany(prompt => new[] { (Prompt: prompt, Side: baseline), (Prompt: prompt, Side: checkpoint) }).ToList();
        var found = new AnswerExplanation?[asked.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, scorer.Traits.InFlight), CancellationToken = cancellationToken };
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellationToken);
        await Parallel.ForAsync(0, asked.Count, options, async (index, _) =>
            found[index] = await ExplainAsync(scorer, asked[index].Prompt, asked[index].Side, deep, deadline, either.Token));
        cancellationToken.ThrowIfCancellationRequested();
        return [.. prompts.Select((prompt, index) => new PromptExplanation(prompt.Id, found[2 * index], found[2 * index + 1]))];
    }

    private static async Task<AnswerExplanation?> ExplainAsync(
        IRailScorer scorer,
        SuitePrompt prompt,
        IReadOnlyDictionary<string, Response> side,
        ScoringSettings settings,
        CancellationToken deadline,
        CancellationToken either)
    {
        if (!side.TryGetValue(prompt.Id, out var response) || response.Outcome is not GenerationOutcome.Answered) return null;
        try
        {
            var scored = await ShardScoring.ScoreOneAsync(scorer, prompt, response, settings, either);
            for (var attempt = 1; attempt < Attempts && MayHelp(scored); attempt++)
                scored = await ShardScoring.ScoreOneAsync(scorer, prompt, response, settings, either);
            return Of(scored);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return Without("not explained in time");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return Without(exception.Message);
        }
    }

    private static bool MayHelp(ScoredResponse scored) => scored.Scores.Values.Any(outcome => outcome is ScoreOutcome.Failed { Retryable: true });

    private static AnswerExplanation Without(string reason) =>
        new(Scorer: null, ImmutableSortedDictionary<Dimension, Explanation>.Empty, SafeText.Line(reason, LongestText));

    private static AnswerExplanation Of(ScoredResponse scored) => new(
        scored.Scorer,
        scored.Scores
            .Where(pair => pair.Value is ScoreOutcome.Scored one && (one.Explanation is not null || !one.Issues.IsEmpty || !one.Suggestions.IsEmpty))
            .ToImmutableSortedDictionary(pair => pair.Key, pair => Bounded((ScoreOutcome.Scored)pair.Value)),
        scored.Scores.Values.Select(Reason).FirstOrDefault(reason => reason is not null));

    private static Explanation Bounded(ScoreOutcome.Scored scored) => new(
        scored.Explanation is { } text ? SafeText.Line(text, LongestText) : null, Bounded(scored.Issues), Bounded(scored.Suggestions));

    private static ImmutableArray<string> Bounded(ImmutableArray<string> texts) => [.. texts.Take(MostListed).Select(text => SafeText.Line(text, LongestText))];

    private static string? Reason(ScoreOutcome outcome) => outcome switch
    {
        ScoreOutcome.Failed failed => SafeText.Line(failed.Error, LongestText),
        ScoreOutcome.Unscorable none => SafeText.Line(none.Reason, LongestText),
        _ => null,
    };
}
