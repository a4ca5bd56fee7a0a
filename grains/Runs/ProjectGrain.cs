using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <inheritdoc cref="IProjectGrain"/>
[OnRole(SiloRole.Control)]
public sealed class ProjectGrain(IObjectStore store) : Grain, IProjectGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListRunsAsync()
    {
        var prefix = ObjectKeys.Runs(this.GetPrimaryKeyString());
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var key in store.ListAllAsync(prefix)) names.Add(key[prefix.Length..]);
        return names.ToImmutable();
    }

    /// <inheritdoc/>
    public Task<Policy?> GetPolicyAsync() => Task.FromResult<Policy?>(null);

    /// <inheritdoc/>
    public Task SetPolicyAsync(Policy? policy) => Task.CompletedTask;
}
