using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace RailCluster.Grains;

/// <summary>Places a grain on silos that have a role.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnRoleAttribute(string role) : PlacementFilterAttribute(new RolePlacementStrategy(role))
{
    /// <summary>One of <see cref="SiloRole"/>.</summary>
    public string Role { get; } = role;
}

/// <summary>See <see cref="OnRoleAttribute"/>.</summary>
public sealed class RolePlacementStrategy : PlacementFilterStrategy
{
    private const string RoleProperty = "role";

    /// <summary>For Orleans, which reads the role from the grain's properties.</summary>
    public RolePlacementStrategy()
        : this("")
    {
    }

    /// <summary>Creates it for a role.</summary>
    public RolePlacementStrategy(string role)
        : base(order: 10) => Role = role;

    /// <summary>The role that a silo must have.</summary>
    public string Role { get; private set; }

    /// <inheritdoc/>
    public override void AdditionalInitialize(GrainProperties properties) =>
        Role = GetPlacementFilterGrainProperty(RoleProperty, properties)
            ?? throw new InvalidOperationException("a grain with a role placement names no role");

    /// <inheritdoc/>
    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        IReadOnlyDictionary<string, string> existingProperties) => [new(RoleProperty, Role)];
}

/// <summary>See <see cref="OnRoleAttribute"/>.</summary>
public sealed class RolePlacementDirector(ISiloMetadataCache cache) : IPlacementFilterDirector
{
    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var role = ((RolePlacementStrategy)filterStrategy).Role;
        return silos.Where(silo => cache.GetSiloMetadata(silo).Metadata.TryGetValue(SiloRole.RolesKey, out var roles)
            && roles.Split(',').Contains(role));
    }
}
