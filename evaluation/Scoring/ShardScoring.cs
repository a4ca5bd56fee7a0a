using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Scores the answers to suite prompts.</summary>
public static class ShardScoring
{
    /// <summary>Scores answers, at most <paramref name="parallel"/> at a time.</summary>
    /// <param name="scorer">Who scores.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="responses">One answer for every prompt, in the same order.</param>
    /// <param name="settings">Dimensions and mode.</param>
    /// <param name="parallel">1 or more.</param>
    /// <param name="cancellationToken">Cancels scoring.</param>
    /// <returns>In the order of the prompts.</returns>
    public static async Task<ImmutableArray<ScoredResponse>> ScoreAsync(
        IRailScorer scorer,
        ImmutableArray<SuitePrompt> prompts,
        ImmutableArray<Response> responses,
        ScoringSettings settings,
        int parallel = 1,
        CancellationToken cancellationToken = default)
    {
        if (prompts.Length != responses.Length)
            throw new ArgumentException($"{prompts.Length} prompts but {responses.Length} responses", nameof(responses));
        var scored = new ScoredResponse[prompts.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, prompts.Length, options, async (index, token) =>
            scored[index] = await ScoreOneAsync(scorer, prompts[index], responses[index], settings, token));
        return [.. scored];
    }

    /// <summary>Scores one answer on the dimensions that are both asked for and exercised by its prompt.</summary>
    public static async Task<ScoredResponse> ScoreOneAsync(
        IRailScorer scorer,
        SuitePrompt prompt,
        Response response,
        ScoringSettings settings,
        CancellationToken cancellationToken = default)
    {
        if (response.PromptId != prompt.Id)
            throw new ArgumentException($"the response is to '{response.PromptId}', the prompt is '{prompt.Id}'", nameof(response));
        var dimensions = settings.Dimensions.Where(prompt.Dimensions.Contains).ToImmutableArray();
        return response.Outcome switch
        {
            GenerationOutcome.Answered answer => await scorer.ScoreAsync(
                new ScoreRequest(prompt, answer.Text, answer.Finish, dimensions, settings.Mode)
                {
                    Domain = settings.Domain,
                    UseCase = settings.UseCase,
                    Repetition = settings.Repetition,
                },
                cancellationToken),
            GenerationOutcome.Unanswerable none => Without(prompt, dimensions, new ScoreOutcome.Unscorable(none.Reason)),
            GenerationOutcome.Failed failed => Without(prompt, dimensions, new ScoreOutcome.Failed(failed.Error, failed.Retryable)),
            _ => throw new InvalidOperationException($"unknown outcome {response.Outcome.GetType().Name}"),
        };
    }

    private static ScoredResponse Without(SuitePrompt prompt, ImmutableArray<Dimension> dimensions, ScoreOutcome outcome) =>
        new(prompt.Id, dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => outcome), Refused: null);
}
