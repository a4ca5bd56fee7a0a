using System.Collections.Concurrent;
using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>One side's scores by prompt id, and how the scorer stood while they were made.</summary>
public sealed record SideScores(Dictionary<string, ScoredResponse> Responses, ImmutableArray<SentinelReading> Sentinels);

/// <summary>Reads what one side of a comparison said and scored, from its sealed objects. Thread-safe.</summary>
public sealed class SideReader(IObjectStore store)
{
    // A run that stops early reads its prefix again and again; what is sealed never changes.
    private const int MostKept = 1024;

    private readonly ConcurrentDictionary<string, ScoreSet> _kept = new(StringComparer.Ordinal);

    /// <summary>All scores of a prefix of the shards; a prompt whose shard failed has failures.</summary>
    /// <param name="suite">What was asked.</param>
    /// <param name="step">The side.</param>
    /// <param name="shards">Shards of the prefix; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SideScores> ScoresAsync(OrderedSuite suite, RunStep step, int? shards = null, CancellationToken cancellationToken = default)
    {
        var scores = new Dictionary<string, ScoredResponse>(StringComparer.Ordinal);
        var sentinels = ImmutableArray.CreateBuilder<SentinelReading>();
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return new SideScores(scores, []);
        for (var shard = 0; shard < (shards ?? plan.ShardCount); shard++)
        {
            var set = await SetAsync(new ShardKey(checkpoint, shard), cancellationToken);
            var responses = set?.Responses ?? Failed(suite.Slice(plan, shard), plan, step, shard);
            foreach (var response in responses) scores.Add(response.PromptId, response);
            if (set?.Sentinels is { } reading) sentinels.Add(reading);
        }

        return new SideScores(scores, sentinels.ToImmutable());
    }

    /// <summary>How many shards from the first on are sealed or failed.</summary>
    /// <param name="step">The side.</param>
    /// <param name="known">As many are known to be.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<int> PrefixAsync(RunStep step, int known, CancellationToken cancellationToken = default)
    {
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return 0;
        var shard = known;
        while (shard < plan.ShardCount && (step.FailedShards.ContainsKey(shard) || await SetAsync(new ShardKey(checkpoint, shard), cancellationToken) is not null)) shard++;
        return shard;
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

    private async Task<ScoreSet?> SetAsync(ShardKey shard, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Scores(shard);
        if (_kept.TryGetValue(key, out var kept)) return kept;
        if (await store.GetRecordAsync<ScoreSet>(key, cancellationToken) is not { } set) return null;
        if (_kept.Count >= MostKept) _kept.Clear();
        return _kept[key] = set;
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
