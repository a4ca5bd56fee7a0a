using System.Text.Json;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>What the cache keeps of one answer.</summary>
/// <param name="Version">Of this record at rest; now 1.</param>
/// <param name="Response">What was found, of no prompt in particular.</param>
internal sealed record CachedScore(int Version, ScoredResponse Response)
{
    public const int CurrentVersion = 1;
}

/// <summary>
/// Asks a scorer only for what a project did not have scored before. The first result that is complete is kept for good: the scorer's version is part of
/// its key, and so is every word that the score depends on. A store that fails costs a call, never a score.
/// </summary>
/// <param name="inner">Who scores.</param>
/// <param name="store">Where scores are kept.</param>
/// <param name="scope">The project whose scores are shared.</param>
/// <param name="counts">Counts hits and misses.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of what the store does wrong.</param>
public sealed partial class CachedScorer(
    IRailScorer inner, IObjectStore store, string scope, CacheCounts counts, TimeProvider time, ILogger<CachedScorer> logger) : IRailScorer
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private enum Found
    {
        Nothing,
        Broken,
        Unknown,
    }

    /// <summary>Who scores what is not kept.</summary>
    public IRailScorer Inner => inner;

    /// <inheritdoc/>
    public ScorerIdentity Identity => inner.Identity;

    /// <inheritdoc/>
    public ScorerTraits Traits => inner.Traits;

    /// <inheritdoc/>
    public string? Stopped => inner.Stopped;

    /// <inheritdoc/>
    public string? Spending => inner.Spending;

    /// <inheritdoc/>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        var key = ObjectKeys.Scored(scope, inner.Identity, CacheKey.Of(request));
        var (kept, found) = await FindAsync(key, request, cancellationToken).ConfigureAwait(false);
        counts.Count(hit: kept is not null);
        if (kept is not null) return kept with { PromptId = request.Prompt.Id };
        var scored = await inner.ScoreAsync(CacheKey.Bare(request), cancellationToken).ConfigureAwait(false);
        if (!IsComplete(scored, request) || found == Found.Unknown) return scored with { PromptId = request.Prompt.Id };
        return await KeepAsync(key, scored with { PromptId = "" }, found, request, cancellationToken).ConfigureAwait(false) with { PromptId = request.Prompt.Id };
    }

    private static bool IsComplete(ScoredResponse response, ScoreRequest request) =>
        !response.HasFailures
        && request.Dimensions.All(response.Scores.ContainsKey)
        && !response.Scores.Values.Any(outcome => outcome is null or ScoreOutcome.Scored { Thousandths: < 0 or > 10_000 });

    private async Task<(ScoredResponse? Kept, Found Found)> FindAsync(string key, ScoreRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.GetAsync(key, cancellationToken).WaitAsync(Deadline, time, cancellationToken).ConfigureAwait(false) is not { } stored)
                return (null, Found.Nothing);
            var kept = JsonSerializer.Deserialize<CachedScore>(stored.Content.Span, RailJson.Options);
            if (kept is { Version: CachedScore.CurrentVersion, Response.Scores: not null } && IsComplete(kept.Response, request)) return (kept.Response, Found.Nothing);
            LogBroken(key, "it lacks a score that was asked for");
            return (null, Found.Broken);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            LogBroken(key, exception.Message);
            return (null, Found.Broken);
        }
        catch (Exception exception) when (exception is ObjectStoreException or TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogStore(key, exception.Message);
            return (null, Found.Unknown);
        }
    }

    // Whoever was first is right, so that one answer has one score in a project.
    private async Task<ScoredResponse> KeepAsync(string key, ScoredResponse scored, Found found, ScoreRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var record = new CachedScore(CachedScore.CurrentVersion, scored);
            var writing = found == Found.Broken
                ? store.ReplaceRecordAsync(key, record, cancellationToken)
                : store.SealRecordAsync(key, record, cancellationToken);
            if (await writing.WaitAsync(Deadline, time, cancellationToken).ConfigureAwait(false)) return scored;
            return (await FindAsync(key, request, cancellationToken).ConfigureAwait(false)).Kept ?? scored;
        }
        catch (Exception exception) when (exception is ObjectStoreException or TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogStore(key, exception.Message);
            return scored;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The cached score '{Key}' cannot be read, and the answer is scored again: {Reason}")]
    private partial void LogBroken(string key, string reason);

    [LoggerMessage(LogLevel.Warning, "The store failed on the cached score '{Key}', which costs a call: {Reason}")]
    private partial void LogStore(string key, string reason);
}
