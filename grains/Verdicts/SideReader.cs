using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>One side's scores by prompt id, and how the scorer stood while they were made.</summary>
public sealed record SideScores(Dictionary<string, ScoredResponse> Responses, ImmutableArray<SentinelReading> Sentinels);

/// <summary>Reads what one side of a comparison said and scored, from its sealed objects.</summary>
public sealed class SideReader(IObjectStore store)
{
    /// <summary>All scores; a prompt whose shard failed has failures.</summary>
    public async Task<SideScores> ScoresAsync(OrderedSuite suite, RunStep step, CancellationToken cancellationToken = default)
    {
        var scores = new Dictionary<string, ScoredResponse>(StringComparer.Ordinal);
        var sentinels = ImmutableArray.CreateBuilder<SentinelReading>();
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return new SideScores(scores, []);
        for (var shard = 0; shard < plan.ShardCount; shard++)
        {
            var set = await store.GetRecordAsync<ScoreSet>(ObjectKeys.Scores(new ShardKey(checkpoint, shard)), cancellationToken);
            var responses = set?.Responses ?? Failed(suite.Slice(plan, shard), plan, step, shard);
            foreach (var response in responses) scores.Add(response.PromptId, response);
            if (set?.Sentinels is { } reading) sentinels.Add(reading);
        }

        return new SideScores(scores, sentinels.ToImmutable());
    }

    /// <summary>What was said to prompts, by prompt id; nothing where no answer is sealed.</summary>
    public async Task<Dictionary<string, Response>> AnswersAsync(
        OrderedSuite suite, RunStep step, ImmutableArray<string> promptIds, CancellationToken cancellationToken = default)
    {
        var answers = new Dictionary<string, Response>(StringComparer.Ordinal);
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return answers;
        var wanted = promptIds.ToHashSet(StringComparer.Ordinal);
        var shards = Enumerable.Range(0, suite.Order.Length).Where(position => wanted.Contains(suite.Order[position].Id))
            .Select(position => position / plan.Settings.ShardSize).Distinct();
        foreach (var shard in shards)
        {
            var set = await store.GetRecordAsync<ResponseSet>(ObjectKeys.Answers(new ShardKey(checkpoint, shard)), cancellationToken);
            foreach (var response in set?.Responses ?? [])
                if (wanted.Contains(response.PromptId)) answers[response.PromptId] = response;
        }

        return answers;
    }

    private static ImmutableArray<ScoredResponse> Failed(ImmutableArray<SuitePrompt> prompts, CheckpointPlan plan, RunStep step, int shard)
    {
        var reason = step.FailedShards.TryGetValue(shard, out var failure) ? failure.Reason : step.Failure?.Reason ?? "not evaluated";
        var outcome = new ScoreOutcome.Failed(reason, Retryable: true);
        return [.. prompts.Select(prompt => new ScoredResponse(
            prompt.Id,
            plan.Settings.Scoring.Dimensions.Where(prompt.Dimensions.Contains).ToImmutableSortedDictionary(key => key, _ => (ScoreOutcome)outcome),
            Refused: null))];
    }
}
