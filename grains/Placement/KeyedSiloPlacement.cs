using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace RailCluster.Grains;

/// <summary>Places a grain on the very silo that its key <c>silo/…</c> names. No such silo, no activation.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnKeyedSiloAttribute() : PlacementFilterAttribute(new KeyedSiloPlacementStrategy());

/// <summary>See <see cref="OnKeyedSiloAttribute"/>.</summary>
public sealed class KeyedSiloPlacementStrategy : PlacementFilterStrategy
{
    /// <summary>Creates it.</summary>
    public KeyedSiloPlacementStrategy()
        : base(order: 20)
    {
    }
}

/// <summary>See <see cref="OnKeyedSiloAttribute"/>.</summary>
public sealed class KeyedSiloPlacementDirector(ISiloMetadataCache cache) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var key = target.GrainIdentity.Key.ToString() ?? "";
        var name = key.Split('/')[0];
        return silos.Where(silo => cache.GetSiloMetadata(silo).Metadata.TryGetValue(SiloRole.NameKey, out var own) && own == name);
    }
}
