using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>Reads the folders of submitted models, outside any turn and never in a submission.</summary>
internal sealed class FingerprintWorker(WorkerContext context, SiloSettings settings, IModelStore models, ILogger<FingerprintWorker> logger)
    : LeaseWorker(context, logger)
{
    protected override Task<ImmutableArray<Lease>> PullAsync() =>
        Dispatcher.LeaseAsync(new LeaseRequest($"{settings.Name}/fingerprint", WorkKind.Fingerprint, 1, Resident: null) { ModelRoots = settings.ModelClaims });

    private protected override async Task WorkAsync(ImmutableArray<Lease> leases, LeaseKeeper keeper)
    {
        foreach (var lease in leases)
        {
            var (runKey, model) = (WorkItem.Fingerprint)lease.Work;
            var run = Context.Grains.GetGrain<IRunGrain>(runKey.ToString());
            await run.FingerprintBegunAsync(model);
            try
            {
                var inspection = await Task.Run(() => models.InspectAsync(model, keeper.Lost), keeper.Lost);
                await run.FingerprintedAsync(model, inspection);
                await keeper.CompleteAsync(lease, LeaseResult.Done);
            }
            catch (ModelException exception)
            {
                await FailAsync(lease, keeper, run, model, new Failure(exception.Kind, exception.Message));
            }
            catch (Exception exception) when (!Surroundings.Failed(exception))
            {
                var failure = new Failure(FailureKind.ModelUnusable, $"{model}: cannot be read: {exception.Message}");
                if (lease.Attempt < Context.Rules.MaxAttempts) await keeper.CompleteAsync(lease, LeaseResult.Retry, failure.Reason);
                else await FailAsync(lease, keeper, run, model, failure);
            }
        }
    }

    private static async Task FailAsync(Lease lease, LeaseKeeper keeper, IRunGrain run, ModelReference model, Failure failure)
    {
        await run.FingerprintFailedAsync(model, failure);
        await keeper.CompleteAsync(lease, LeaseResult.Abandoned, failure.Reason);
    }
}
