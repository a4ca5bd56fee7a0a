using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Tells whether a scorer still scores as it did. Frozen answers, good to bad, four a dimension, are scored again from time to time; all people, numbers
/// and addresses in them are invented. They are asked for as any answer is: a scorer that makes sure that its service answers repetitions afresh would wait for
/// that, so a service that remembers for a few minutes delays the sight of drift by as much.
/// </summary>
public static class SentinelReader
{
    /// <summary>Category of the prompts that a scorer sees while it is read.</summary>
    public const string Category = "sentinel";

    private const string Resource = "sentinels.json";

    /// <summary>The golden answers, in the order of the dimensions.</summary>
    public static ImmutableArray<Sentinel> Golden { get; } = Load();

    /// <summary>Their content: scores of other answers are no reference.</summary>
    public static string Hash { get; } = CanonicalHash.Of(Golden);

    /// <summary>Lets a scorer score the golden answers, each on its dimension.</summary>
    /// <param name="scorer">Who scores; where it throws, it has failed.</param>
    /// <param name="parallel">Answers at a time; 1 or more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<SentinelScores> ScoreAsync(IRailScorer scorer, int parallel, CancellationToken cancellationToken = default)
    {
        var outcomes = new ScoreOutcome[Golden.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, Golden.Length, options, async (index, token) => outcomes[index] = await ScoreAsync(scorer, Golden[index], token));
        var scores = Golden.Zip(outcomes)
            .Where(pair => pair.Second is ScoreOutcome.Scored)
            .ToImmutableSortedDictionary(pair => pair.First.Id, pair => ((ScoreOutcome.Scored)pair.Second).Thousandths, StringComparer.Ordinal);
        return new SentinelScores(SentinelScores.CurrentVersion, scorer.Identity, scores, outcomes.Count(outcome => outcome is ScoreOutcome.Failed));
    }

    /// <summary>Reads how a scorer stands against how it stood.</summary>
    /// <param name="scorer">Who is read.</param>
    /// <param name="reference">How it scored when it was first seen.</param>
    /// <param name="parallel">Answers at a time; 1 or more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<SentinelReading> ReadAsync(
        IRailScorer scorer, SentinelScores reference, int parallel = 1, CancellationToken cancellationToken = default) =>
        Compare(await ScoreAsync(scorer, parallel, cancellationToken), reference);

    /// <summary>How the version of a scorer stood when it was first seen: what is known, or what was read now, sealed.</summary>
    /// <returns>Null where there is none yet and the reading makes none: what had no number when it was first read, kept back by a filter perhaps, would never be seen to move.</returns>
    public static async Task<SentinelScores?> ReferenceAsync(IObjectStore store, SentinelScores now, CancellationToken cancellationToken = default)
    {
        var key = ObjectKeys.Sentinels(now.Scorer, Hash);
        if (await store.GetRecordAsync<SentinelScores>(key, cancellationToken) is { } known) return known;
        if (!IsReference(now)) return null;
        return await store.SealRecordAsync(key, now, cancellationToken) ? now : await store.GetRecordAsync<SentinelScores>(key, cancellationToken);
    }

    /// <summary>Whether later readings may count from these scores: a dimension that the scorer does not judge has no numbers, and one that lacks most of them would hide its drift.</summary>
    public static bool IsReference(SentinelScores scores) => scores.Failed == 0 && !scores.Thousandths.IsEmpty && Golden
        .GroupBy(sentinel => sentinel.Dimension)
        .All(group => group.Count(sentinel => scores.Thousandths.ContainsKey(sentinel.Id)) is var known && (known == 0 || 2 * known >= group.Count()));

    /// <summary>By how much the mean of each dimension moved, over the answers that have a score on both sides; a failure is no drift.</summary>
    /// <param name="now">How the scorer scores now.</param>
    /// <param name="reference">How it did; null where that is not known yet, and then nothing moved.</param>
    public static SentinelReading Compare(SentinelScores now, SentinelScores? reference)
    {
        var moves =
            from sentinel in Golden
            where reference is not null && now.Thousandths.ContainsKey(sentinel.Id) && reference.Thousandths.ContainsKey(sentinel.Id)
            group now.Thousandths[sentinel.Id] - reference!.Thousandths[sentinel.Id] by sentinel.Dimension;
        var drift = moves.ToImmutableSortedDictionary(
            moved => moved.Key, moved => (int)Math.Round(moved.Average(), MidpointRounding.AwayFromZero));
        return new SentinelReading(drift, Golden.Length - now.Failed, now.Failed);
    }

    private static async Task<ScoreOutcome> ScoreAsync(IRailScorer scorer, Sentinel sentinel, CancellationToken cancellationToken)
    {
        var prompt = new SuitePrompt(sentinel.Id, new PromptInput.Text(sentinel.Prompt), Category, sentinel.Expected, [sentinel.Dimension]);
        var request = new ScoreRequest(prompt, sentinel.Answer, FinishReason.Stop, [sentinel.Dimension], ScoringMode.Basic);
        try
        {
            var scored = await scorer.ScoreAsync(request, cancellationToken);
            return scored.Scores.GetValueOrDefault(sentinel.Dimension) ?? new ScoreOutcome.Failed("the scorer left the dimension out", Retryable: false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return new ScoreOutcome.Failed(exception.Message, Retryable: true);
        }
    }

    private static ImmutableArray<Sentinel> Load()
    {
        using var stream = typeof(SentinelReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        return JsonSerializer.Deserialize<SentinelFile>(stream, RailJson.Options)!.Sentinels;
    }

    private sealed record SentinelFile(int Version, ImmutableArray<Sentinel> Sentinels);
}
