using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>The one model that a device holds. It answers nothing before its canaries held.</summary>
internal sealed class ResidentModel(IModelStore models, DeviceSettings device) : IAsyncDisposable
{
    private ITextGenerator? _loaded;
    private ModelReference? _location;
    private string? _proved;

    /// <summary>What is loaded; null for nothing.</summary>
    public ModelFingerprint? Fingerprint => _loaded?.Model.Fingerprint;

    /// <summary>The folder that it was loaded from; null for nothing.</summary>
    public string? Base => _location?.Path;

    /// <summary>Takes up a checkpoint's model, keeping the base loaded where only the adapter is another, and proves it.</summary>
    /// <exception cref="ModelException">It is gone, changed or unusable, or a canary failed.</exception>
    public async Task<ITextGenerator> LoadAsync(CheckpointPlan plan, CancellationToken cancellationToken)
    {
        var loaded = await TakeUpAsync(plan, cancellationToken);
        if (loaded.Model.Engine != plan.Settings.Engine)
            throw new InvalidOperationException($"this device computes as {loaded.Model.Engine}, the checkpoint wants {plan.Settings.Engine}");
        var settings = CanonicalHash.Of(plan.Settings.Generation);
        if (_proved == settings) return loaded;
        await ProveAsync(loaded, plan, cancellationToken);
        _proved = settings;
        return loaded;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _proved = null;
        if (_loaded is { } loaded) await loaded.DisposeAsync();
        (_loaded, _location) = (null, null);
    }

    private async Task<ITextGenerator> TakeUpAsync(CheckpointPlan plan, CancellationToken cancellationToken)
    {
        if (_loaded is { } same && same.Model.Fingerprint == plan.Model) return same;
        _proved = null;
        if (_loaded is not IAdapterHost host || !await host.TrySwitchAsync(plan.Location, plan.Model, cancellationToken))
        {
            await DisposeAsync();
            _loaded = await models.LoadAsync(plan.Location, plan.Model, device.Load, cancellationToken);
        }

        _location = plan.Location;
        return _loaded;
    }

    private static async Task ProveAsync(ITextGenerator generator, CheckpointPlan plan, CancellationToken cancellationToken)
    {
        var report = await generator.ProveAsync(plan.Settings.Generation, cancellationToken);
        if (!report.Passed) throw new ModelException(FailureKind.Canary, $"model {plan.Location}: canary failed: {report.Failures()}");
    }
}
