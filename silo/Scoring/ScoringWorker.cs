using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Grains;
using RailCluster.Scoring;

namespace RailCluster.Silo;

/// <summary>Scores sealed answers and seals the scores. The first to seal a shard wins; everyone else reads what was sealed.</summary>
internal sealed class ScoringWorker(
    WorkerContext context,
    SiloSettings settings,
    IObjectStore store,
    SuiteShelf suites,
    IScorerCatalog scorers,
    SentinelKeeper sentinels,
    RailMetrics metrics,
    ILoggerFactory loggers,
    ILogger<ScoringWorker> logger) : LeaseWorker(context, logger)
{
    private const int LeasesAtATime = 4;

    protected override Task<ImmutableArray<Lease>> PullAsync() =>
        Dispatcher.LeaseAsync(new LeaseRequest($"{settings.Name}/score", WorkKind.Score, LeasesAtATime, Resident: null)
        {
            Scorers = [.. scorers.Names.Select(name => scorers.Find(name)!.Identity)],
        });

    // Shards wait for a service side by side: the last answers of one must not keep the next from being asked for.
    private protected override Task WorkAsync(ImmutableArray<Lease> leases, LeaseKeeper keeper) => Parallel.ForEachAsync(
        leases,
        new ParallelOptions { MaxDegreeOfParallelism = leases.All(IsRemote) ? LeasesAtATime : 1 },
        async (lease, _) =>
        {
            var work = (WorkItem.Score)lease.Work;
            var shard = new ShardKey(work.Checkpoint, work.Shard);
            var prompts = (await suites.GetAsync(work.Checkpoint.Project, work.Plan.SuiteHash, keeper.Lost)).Slice(work.Plan, work.Shard);
            await SettleAsync(lease, shard, work, prompts, keeper);
        });

    private bool IsRemote(Lease lease) => scorers.Find(((WorkItem.Score)lease.Work).Plan.Settings.Scoring.Scorer.Name)?.Traits.IsRemote == true;

    private async Task SettleAsync(Lease lease, ShardKey shard, WorkItem.Score work, ImmutableArray<SuitePrompt> prompts, LeaseKeeper keeper)
    {
        try
        {
            var set = await SealedAsync(shard, keeper.Lost) ?? await ScoreAsync(shard, work, prompts, keeper.Lost);
            if (Error(set) is not { } failed)
            {
                await ReportAsync(lease, shard, prompts, set, keeper);
                return;
            }

            await store.ReplaceRecordAsync(ObjectKeys.Attempt(ObjectKeys.Scores(shard)), set, keeper.Lost);
            await FailAsync(lease, shard, failed, keeper);
        }
        catch (Exception exception) when (!Surroundings.Failed(exception))
        {
            // A scorer that throws, or one of another version: tried as often as any other failure, then named in the verdict.
            await FailAsync(lease, shard, new ScoreOutcome.Failed(exception.Message, Retryable: true), keeper);
        }
    }

    private static ScoreOutcome.Failed? Error(ScoreSet set) => set.Responses
        .SelectMany(response => response.Scores.Values.OfType<ScoreOutcome.Failed>())
        .OrderBy(failed => failed.Retryable)
        .FirstOrDefault();

    private Task<ScoreSet?> SealedAsync(ShardKey shard, CancellationToken cancellationToken) =>
        store.GetRecordAsync<ScoreSet>(ObjectKeys.Scores(shard), cancellationToken);

    // What an earlier attempt scored is kept; only what is missing is asked for again.
    private async Task<ScoreSet> ScoreAsync(
        ShardKey shard,
        WorkItem.Score work,
        ImmutableArray<SuitePrompt> prompts,
        CancellationToken cancellationToken)
    {
        var answers = await store.GetRecordAsync<ResponseSet>(ObjectKeys.Answers(shard), cancellationToken)
            ?? throw new ObjectStoreException($"the store holds no answers '{ObjectKeys.Answers(shard)}' although they were sealed");
        var attempt = await store.GetRecordAsync<ScoreSet>(ObjectKeys.Attempt(ObjectKeys.Scores(shard)), cancellationToken);
        var known = attempt?.Responses.Where(response => !response.HasFailures).ToDictionary(response => response.PromptId) ?? [];
        var missing = Enumerable.Range(0, prompts.Length).Where(index => !known.ContainsKey(prompts[index].Id)).ToList();
        var scoring = work.Plan.Settings.Scoring;
        var scorer = Scorer(scoring.Scorer);
        var reading = await sentinels.ReadAsync(scorer, cancellationToken);
        var scored = await ShardScoring.ScoreAsync(
            Cached(scorer, shard.Checkpoint.Project),
            [.. missing.Select(index => prompts[index])],
            [.. missing.Select(index => answers.Responses[index])],
            scoring,
            Math.Min(scorer.Traits.InFlight, settings.ScoringParallelism),
            cancellationToken);
        foreach (var response in scored) known[response.PromptId] = response;
        metrics.Scored(scored.Count(response => !response.HasFailures));
        return new ScoreSet(ScoreSet.CurrentVersion, shard.Index, [.. prompts.Select(prompt => known[prompt.Id])]) { Sentinels = reading };
    }

    private IRailScorer Cached(IRailScorer scorer, string project) => scorer.Traits.IsRemote
        ? new CachedScorer(scorer, store, project, metrics.Cache, Context.Time, loggers.CreateLogger<CachedScorer>())
        : scorer;

    private IRailScorer Scorer(ScorerIdentity identity)
    {
        var scorer = scorers.Find(identity.Name);
        return scorer?.Identity == identity
            ? scorer
            : throw new InvalidOperationException(
                $"this silo has {scorer?.Identity.ToString() ?? "no scorer " + identity.Name}, the checkpoint wants {identity}; run one version on all silos");
    }

    private async Task FailAsync(Lease lease, ShardKey shard, ScoreOutcome.Failed failed, LeaseKeeper keeper)
    {
        if (failed.Retryable && lease.Attempt < Context.Rules.MaxAttempts)
        {
            await keeper.CompleteAsync(lease, LeaseResult.Retry, failed.Error);
            return;
        }

        var checkpoint = Context.Grains.GetGrain<ICheckpointGrain>(shard.Checkpoint.ToString());
        await checkpoint.ShardFailedAsync(shard.Index, new Failure(FailureKind.Scoring, failed.Error));
        await keeper.CompleteAsync(lease, LeaseResult.Abandoned, failed.Error);
    }

    private async Task ReportAsync(Lease lease, ShardKey shard, ImmutableArray<SuitePrompt> prompts, ScoreSet set, LeaseKeeper keeper)
    {
        var key = ObjectKeys.Scores(shard);
        if (!await store.SealRecordAsync(key, set, keeper.Lost))
            set = await SealedAsync(shard, keeper.Lost) ?? throw new ObjectStoreException($"the sealed scores '{key}' are gone");
        var summary = Summaries.Of(prompts.Zip(set.Responses));
        await Context.Grains.GetGrain<IShardGrain>(shard.ToString()).ScoredAsync(key, summary);
        await keeper.CompleteAsync(lease, LeaseResult.Done);
    }
}
