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
        Dispatcher.LeaseAsync(new LeaseRequest($"{settings.Name}/fingerprint", WorkKind.Fingerprint, 1, Resident: null) { ModelRoots = settings.ModelRoots });

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
            }
            catch (ModelException exception)
            {
                await run.FingerprintFailedAsync(model, new Failure(exception.Kind, exception.Message));
            }

            await keeper.CompleteAsync(lease, LeaseResult.Done);
        }
    }
}
