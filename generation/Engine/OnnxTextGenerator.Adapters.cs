using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Changing the adapter. Nothing of one adapter outlives it: caches and shared prefixes are made anew for every call.</summary>
public sealed partial class OnnxTextGenerator
{
    /// <inheritdoc/>
    public async Task<bool> TrySwitchAsync(ModelReference model, ModelFingerprint? expected, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        cancellationToken.ThrowIfCancellationRequested();
        bool switched = false;
        Task work = _gate.Begin(() => switched = Switch(_model.Under(model, expected)));
        try
        {
            await work.ConfigureAwait(false);
            return switched;
        }
        finally
        {
            _gate.End();
        }
    }

    private bool Switch(LoadedModel? next)
    {
        if (next is null)
            return false;
        AdapterWeights? before = _model.Adapter;
        next.Session.Adapter = next.Adapter;
        _model = next;
        before?.Dispose();
        return true;
    }
}
