using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Scores both answers to critical prompts afresh, because scores that waver make up collapses: three times each, under repetitions of their own, so that
/// no cache answers. What fails is a confirmation that is not known, never a number and never an exception (other than cancellation).
/// </summary>
/// <param name="scorer">Who scored both sides.</param>
/// <param name="time">For the deadline.</param>
public sealed class CollapseConfirmer(IRailScorer scorer, TimeProvider time)
{
    /// <summary>The first repetition of fresh scorings; those that measure noise count from 1 and stay below it.</summary>
    public const int FirstRepetition = 1001;

    private const int Attempts = 3;
    private const int LongestReason = 300;

    /// <summary>Scores afresh, as many answers at a time as the scorer wants.</summary>
    /// <param name="collapses">What to confirm, as <see cref="CriticalCollapses.ToConfirm"/> lists it.</param>
    /// <param name="prompts">The suite's prompts, or those that are named.</param>
    /// <param name="baseline">The baseline's (or the anchor's) answers by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's answers by prompt id.</param>
    /// <param name="settings">How the answers were scored; another scorer confirms nothing.</param>
    /// <param name="within">What is not scored by then is not known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One for every collapse, in their order.</returns>
    public async Task<ImmutableArray<CollapseConfirmation>> ConfirmAsync(
        IReadOnlyCollection<CriticalCollapse> collapses,
        IEnumerable<SuitePrompt> prompts,
        IReadOnlyDictionary<string, Response> baseline,
        IReadOnlyDictionary<string, Response> checkpoint,
        ScoringSettings settings,
        TimeSpan within,
        CancellationToken cancellationToken = default)
    {
        if (scorer.Identity != settings.Scorer)
            return [.. collapses.Select(one => Unknown(one, $"the scorer here is {scorer.Identity}, and the answers were scored by {settings.Scorer}"))];
        var named = collapses.Select(one => one.PromptId).ToHashSet(StringComparer.Ordinal);
        var known = prompts.Where(prompt => named.Contains(prompt.Id)).DistinctBy(prompt => prompt.Id).ToDictionary(prompt => prompt.Id, StringComparer.Ordinal);
        var fresh = known.Keys.ToDictionary(id => id, _ => new FreshScores(), StringComparer.Ordinal);
        var asked = known.Values.SelectMany(prompt => Enumerable.Range(0, 2 * CollapseConfirmation.Scorings).Select(index => (Prompt: prompt, Index: index))).ToList();
        using var deadline = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, scorer.Traits.InFlight), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(asked, options, async (one, _) =>
        {
            var (side, repetition) = (one.Index < CollapseConfirmation.Scorings ? baseline : checkpoint, FirstRepetition + one.Index % CollapseConfirmation.Scorings);
            var freshly = settings with { Repetition = repetition };
            fresh[one.Prompt.Id].Found[one.Index] = await ScoreAsync(one.Prompt, side.GetValueOrDefault(one.Prompt.Id), freshly, deadline.Token, either.Token);
        });
        cancellationToken.ThrowIfCancellationRequested();
        return [.. collapses.Select(one => fresh.TryGetValue(one.PromptId, out var found)
            ? found.Confirm(one, reason => Unknown(one, reason))
            : Unknown(one, "the suite has no such prompt"))];
    }

    private async Task<FreshScore> ScoreAsync(SuitePrompt prompt, Response? response, ScoringSettings settings, CancellationToken deadline, CancellationToken either)
    {
        if (response?.Outcome is not GenerationOutcome.Answered) return new FreshScore(null, "there is no answer to score");
        try
        {
            var scored = await ShardScoring.ScoreOneAsync(scorer, prompt, response, settings, either);
            for (var attempt = 1; attempt < Attempts && MayHelp(scored); attempt++)
                scored = await ShardScoring.ScoreOneAsync(scorer, prompt, response, settings, either);
            return new FreshScore(scored, null);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new FreshScore(null, "not scored afresh in time");
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return new FreshScore(null, exception.Message);
        }
    }

    private static bool MayHelp(ScoredResponse scored) => scored.Scores.Values.Any(outcome => outcome is ScoreOutcome.Failed { Retryable: true });

    private static CollapseConfirmation Unknown(CriticalCollapse collapse, string reason) =>
        new(collapse.PromptId, collapse.Dimension, [], []) { Unknown = SafeText.Line(reason, LongestReason) };
}
