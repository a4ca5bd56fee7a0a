using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>
/// Grain state on an <see cref="IObjectStore"/>, one object a state. The object's ETag is the state's: a write without one creates,
/// a write with one replaces exactly that version, and whoever loses gets an <see cref="InconsistentStateException"/>, which ends the activation.
/// Failures of the store itself pass through as <see cref="ObjectStoreException"/>.
/// </summary>
public sealed class ObjectGrainStorage : IGrainStorage
{
    private readonly IObjectStore _store;
    private readonly IActivatorProvider _activators;
    private readonly string _serviceId;

    /// <summary>Creates it on a store; states of another service id are kept apart.</summary>
    public ObjectGrainStorage(IObjectStore store, IActivatorProvider activators, IOptions<ClusterOptions> cluster)
    {
        _store = store;
        _activators = activators;
        _serviceId = cluster.Value.ServiceId;
    }

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = GrainStateKey.Of(_serviceId, stateName, grainId);
        if (await _store.GetAsync(key) is not { } found)
        {
            Reset(grainState);
            return;
        }

        grainState.State = GrainStateEnvelope.Read<T>(key, grainId, found.Content);
        grainState.ETag = found.ETag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = GrainStateKey.Of(_serviceId, stateName, grainId);
        var content = GrainStateEnvelope.Write(grainId, grainState.State);
        var written = grainState.ETag is { } eTag
            ? await _store.PutIfMatchAsync(key, content, eTag)
            : await _store.PutIfAbsentAsync(key, content);
        grainState.ETag = written ?? throw await LostRaceAsync(key, "write", grainState.ETag);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = GrainStateKey.Of(_serviceId, stateName, grainId);
        var cleared = grainState.ETag is { } eTag
            ? await _store.DeleteIfMatchAsync(key, eTag)
            : await _store.GetAsync(key) is null;
        if (!cleared) throw await LostRaceAsync(key, "clear", grainState.ETag);
        Reset(grainState);
    }

    private void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = _activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private async Task<InconsistentStateException> LostRaceAsync(string key, string action, string? held)
    {
        var stored = (await _store.GetAsync(key))?.ETag;
        return new InconsistentStateException(
            $"{key}: another activation changed this state; the {action} with version {held ?? "none"} was refused, the store holds {stored ?? "none"}",
            stored ?? "none",
            held ?? "none");
    }
}
