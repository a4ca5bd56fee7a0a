using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>What one device is doing.</summary>
/// <param name="Silo">Name of the silo it belongs to.</param>
/// <param name="Device">Such as <c>cpu0</c>.</param>
/// <param name="Resident">The model it holds; null for none.</param>
/// <param name="Leased">Shards in flight.</param>
/// <param name="Prompts">Prompts answered since it started.</param>
/// <param name="Draining">Whether it takes no new work.</param>
[GenerateSerializer, Alias("rail.DeviceStatus")]
public sealed record DeviceStatus(
    string Silo,
    string Device,
    ModelFingerprint? Resident,
    int Leased,
    long Prompts,
    bool Draining);

/// <summary>One device of one silo, keyed <c>silo/device</c> and placed on that very silo: its status, its drain.</summary>
[Alias("rail.IGeneratorGrain")]
public interface IGeneratorGrain : IGrainWithStringKey
{
    /// <summary>What the device is doing; its <see cref="DeviceStatus.Silo"/> is read from the silo that hosts the grain.</summary>
    [Alias("GetStatus")]
    Task<DeviceStatus> GetStatusAsync();

    /// <summary>Borrows work for the device; empty while it drains, or where there is none.</summary>
    [Alias("Pull")]
    Task<ImmutableArray<Lease>> PullAsync(LeaseRequest request);

    /// <summary>Lets the device finish its leases and take no new ones, or take work again.</summary>
    [Alias("SetDraining")]
    Task SetDrainingAsync(bool draining);
}
