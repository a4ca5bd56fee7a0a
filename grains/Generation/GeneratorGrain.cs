using System.Collections.Immutable;
using Orleans.Placement;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <inheritdoc cref="IGeneratorGrain"/>
[OnKeyedSilo]
[Immovable]
public sealed class GeneratorGrain(DeviceBoard board, PoolOptions pool, ILocalSiloDetails silo) : Grain, IGeneratorGrain
{
    private string DeviceName => this.GetPrimaryKeyString() is var key && key.IndexOf('/', StringComparison.Ordinal) is > 0 and var cut
        ? key[(cut + 1)..]
        : throw new RailRequestException($"'{key}' is not a generator key (silo/device)");

    private DeviceState Device => board.Find(DeviceName)
        ?? throw new RailRequestException($"silo '{silo.Name}' has no device '{DeviceName}'; its devices are set in its configuration");

    /// <inheritdoc/>
    public Task<DeviceStatus> GetStatusAsync()
    {
        var device = Device;
        return Task.FromResult(new DeviceStatus(silo.Name, DeviceName, device.Resident, device.Leased, device.Prompts, device.Draining));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Lease>> PullAsync(LeaseRequest request) =>
        Device.Draining ? [] : await GrainFactory.GetGrain<IDispatcherGrain>(pool.Name).LeaseAsync(request);

    /// <inheritdoc/>
    public Task SetDrainingAsync(bool draining)
    {
        Device.Draining = draining;
        return Task.CompletedTask;
    }
}
