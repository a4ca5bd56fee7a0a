using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>The one model that a device holds. It answers nothing before its canaries held.</summary>
internal sealed class ResidentModel(IModelStore models, DeviceSettings device) : IAsyncDisposable
{
    private ITextGenerator? _loaded;
    private string? _proved;

    /// <summary>What is loaded; null for nothing.</summary>
    public ModelFingerprint? Fingerprint => _loaded?.Model.Fingerprint;

    /// <summary>Loads a checkpoint's model where another is loaded, and proves it.</summary>
    /// <exception cref="ModelException">It is gone, changed or unusable, or a canary failed.</exception>
    public async Task<ITextGenerator> LoadAsync(CheckpointPlan plan, CancellationToken cancellationToken)
    {
        if (_loaded is null || _loaded.Model.Fingerprint != plan.Model)
        {
            await DisposeAsync();
            _loaded = await models.LoadAsync(plan.Location, plan.Model, device.Load, cancellationToken);
        }

        if (_loaded.Model.Engine != plan.Settings.Engine)
            throw new InvalidOperationException($"this device computes as {_loaded.Model.Engine}, the checkpoint wants {plan.Settings.Engine}");
        var settings = CanonicalHash.Of(plan.Settings.Generation);
        if (_proved == settings) return _loaded;
        await ProveAsync(_loaded, plan, cancellationToken);
        _proved = settings;
        return _loaded;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _proved = null;
        if (_loaded is { } loaded) await loaded.DisposeAsync();
        _loaded = null;
    }

    private static async Task ProveAsync(ITextGenerator generator, CheckpointPlan plan, CancellationToken cancellationToken)
    {
        var report = await generator.ProveAsync(plan.Settings.Generation, cancellationToken);
        if (!report.Passed) throw new ModelException(FailureKind.Canary, $"model {plan.Location}: canary failed: {report.Failures()}");
    }
}
