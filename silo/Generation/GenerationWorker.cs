using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Grains;

namespace RailCluster.Silo;

/// <summary>Owns one device's engine: answers the prompts of several shards of one model together and seals each shard as it completes.</summary>
internal sealed partial class GenerationWorker(
    WorkerContext context,
    SiloSettings settings,
    DeviceSettings device,
    DeviceBoard board,
    IObjectStore store,
    SuiteShelf suites,
    IModelStore models,
    RailMetrics metrics,
    ILogger<GenerationWorker> logger) : LeaseWorker(context, logger)
{
    private const int LeasesAtATime = 4;

    private readonly DeviceState _state = board.Add(device.Name);
    private readonly ResidentModel _resident = new(models, device);

    private string Worker => $"{settings.Name}/{device.Name}";

    protected override Task<ImmutableArray<Lease>> PullAsync() => Context.Grains.GetGrain<IGeneratorGrain>(Worker).PullAsync(
        new LeaseRequest(Worker, WorkKind.Generate, LeasesAtATime, _resident.Fingerprint) { ModelRoots = settings.ModelClaims, Base = _resident.Base });

    private protected override async Task WorkAsync(ImmutableArray<Lease> leases, LeaseKeeper keeper)
    {
        _state.Leased = leases.Length;
        try
        {
            var open = await OpenAsync(leases, keeper);
            if (open.Count > 0) await AnswerAsync((WorkItem.Generate)leases[0].Work, open, keeper);
        }
        finally
        {
            _state.Leased = 0;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _resident.DisposeAsync();
    }

    // After a crash the dispatcher no longer knows which answers are sealed: the store does.
    private async Task<List<ShardInFlight>> OpenAsync(ImmutableArray<Lease> leases, LeaseKeeper keeper)
    {
        var open = new List<ShardInFlight>();
        foreach (var lease in leases)
        {
            var work = (WorkItem.Generate)lease.Work;
            var key = new ShardKey(work.Checkpoint, work.Shard);
            if (await store.GetAsync(ObjectKeys.Answers(key), keeper.Lost) is not null)
            {
                await ReportAsync(lease, key, keeper);
                continue;
            }

            var suite = await suites.GetAsync(work.Checkpoint.Project, work.Plan.SuiteHash, keeper.Lost);
            var attempt = await store.GetRecordAsync<ResponseSet>(ObjectKeys.Attempt(ObjectKeys.Answers(key)), keeper.Lost);
            open.Add(new ShardInFlight(lease, key, suite.Slice(work.Plan, work.Shard), attempt));
        }

        return open;
    }

    private async Task AnswerAsync(WorkItem.Generate work, List<ShardInFlight> open, LeaseKeeper keeper)
    {
        try
        {
            var generator = await _resident.LoadAsync(work.Plan, keeper.Lost);
            _state.Resident = _resident.Fingerprint;
            await AnswerAsync(generator, work.Plan, open, keeper);
        }
        catch (ModelException exception)
        {
            _state.Resident = _resident.Fingerprint;
            var checkpoint = Context.Grains.GetGrain<ICheckpointGrain>(work.Checkpoint.ToString());
            await checkpoint.FailedAsync(new Failure(exception.Kind, exception.Message));
            foreach (var shard in open) await keeper.CompleteAsync(shard.Lease, LeaseResult.Abandoned, exception.Message);
        }
        catch (Exception exception) when (!Surroundings.Failed(exception))
        {
            LogEngineFailed(Worker, exception);
            foreach (var shard in open.Where(shard => !shard.IsComplete)) await FailAsync(shard, exception.Message, retryable: true, keeper);
        }
    }

    private async Task AnswerAsync(ITextGenerator generator, CheckpointPlan plan, List<ShardInFlight> open, LeaseKeeper keeper)
    {
        var byPrompt = open.SelectMany(shard => shard.Prompts.Select(prompt => (prompt.Id, shard))).ToDictionary(pair => pair.Id, pair => pair.shard);
        foreach (var shard in open.Where(shard => shard.IsComplete)) await SealAsync(shard, keeper);
        var missing = open.SelectMany(shard => shard.Missing()).ToList();
        await foreach (var response in ShardGeneration.AnswerAsync(generator, missing, plan.Settings.Generation, keeper.Lost))
        {
            var shard = byPrompt[response.PromptId];
            shard.Add(response);
            _state.Answered();
            metrics.Answered();
            if (shard.IsComplete) await SealAsync(shard, keeper);
        }
    }

    private async Task SealAsync(ShardInFlight shard, LeaseKeeper keeper)
    {
        if (shard.Failure is { } failure)
        {
            await FailAsync(shard, failure.Error, failure.Retryable, keeper);
            return;
        }

        // Whoever loses the race drops its own answers: the sealed ones are the truth.
        await store.SealRecordAsync(ObjectKeys.Answers(shard.Key), shard.ToSet(), keeper.Lost);
        await ReportAsync(shard.Lease, shard.Key, keeper);
    }

    private async Task ReportAsync(Lease lease, ShardKey key, LeaseKeeper keeper)
    {
        await Context.Grains.GetGrain<IShardGrain>(key.ToString()).RespondedAsync(ObjectKeys.Answers(key));
        await keeper.CompleteAsync(lease, LeaseResult.Done);
    }

    private async Task FailAsync(ShardInFlight shard, string reason, bool retryable, LeaseKeeper keeper)
    {
        await store.ReplaceRecordAsync(ObjectKeys.Attempt(ObjectKeys.Answers(shard.Key)), shard.ToSet(reason), keeper.Lost);
        if (retryable && shard.Lease.Attempt < Context.Rules.MaxAttempts)
        {
            await keeper.CompleteAsync(shard.Lease, LeaseResult.Retry, reason);
            return;
        }

        var checkpoint = Context.Grains.GetGrain<ICheckpointGrain>(shard.Key.Checkpoint.ToString());
        await checkpoint.ShardFailedAsync(shard.Key.Index, new Failure(FailureKind.Generation, reason));
        await keeper.CompleteAsync(shard.Lease, LeaseResult.Abandoned, reason);
    }

    [LoggerMessage(LogLevel.Error, "The engine of {Worker} failed")]
    private partial void LogEngineFailed(string worker, Exception exception);
}
